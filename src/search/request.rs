//! What is asked for: a query, and how its answer is wanted.

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use crate::analysis::fold::fold;
use crate::error::Result;
use crate::query::variants::NameVariants;
use crate::query::{DateFilter, DateRange, Field, Node, NodeKind, ParseOptions, parse};

use super::{CopiesShown, Ranking, Sort};

/// The spellings of names that this build knows.
static NAME_VARIANTS: LazyLock<NameVariants> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    NameVariants::built_in(fold).expect("index_schema/name_variants.json is well-formed")
});

/// The list of names that comes with the program.
pub fn built_in_names() -> &'static NameVariants {
    &NAME_VARIANTS
}

/// What somebody wants to know.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use newsearch::jiff::civil::date;
/// use newsearch::search::{SearchRequest, Sort};
///
/// let request = SearchRequest::read("weir OR dam")?.by("Ek").between(date(2025, 3, 1), date(2025, 3, 9));
/// let read_as = "(weir OR dam) AND author:Ek AND date:2025-03-01..2025-03-09";
/// assert_eq!(request.query.to_string(), read_as);
/// let newest = SearchRequest { sort: Sort::Newest, limit: 100, ..request };
/// # assert_eq!(newest.offset, 0);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// The query.
    pub query: Node,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to return.
    pub limit: usize,
    /// How many of the first hits to leave out.
    pub offset: usize,
    /// Whether names are found in their other spellings too (`index_schema/name_variants.json`).
    pub variants: bool,
    /// The list of names to go by, where it is not the one that comes along.
    pub names: Option<Arc<NameVariants>>,
    /// Whether it is a question ([`any_of`](super::any_of) has made its words optional): neighbours that
    /// stand close and words that go with it count too.
    pub question: bool,
    /// The numbers of the ranking.
    pub ranking: Ranking,
    /// Whether each hit says how its score came about.
    pub explain: bool,
    /// Whether it is counted in how many articles each word stands; what is said of it is an estimate
    /// otherwise.
    pub count_words: bool,
    /// Whether it is counted what a filter by date cannot decide.
    pub count_undecided: bool,
    /// Which articles are shown of those that are copies of one another. Offset and limit count what is
    /// shown.
    pub copies: CopiesShown,
}

impl SearchRequest {
    /// The ten best articles for a query as it is typed, of copies one: what `newsearch query` shows.
    /// `yesterday` is counted from today.
    ///
    /// # Errors
    /// Where a part of it has no safe reading, or nothing is left to search for.
    pub fn read(text: &str) -> Result<Self> {
        let query = parse(text, &ParseOptions::default()).into_node()?;
        Ok(Self { copies: CopiesShown::Best, count_undecided: true, ..Self::new(query) })
    }

    /// The ten best articles for a query, copies too.
    pub fn new(query: Node) -> Self {
        Self {
            query,
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
            variants: true,
            names: None,
            question: false,
            ranking: Ranking::default(),
            explain: false,
            count_words: false,
            count_undecided: false,
            copies: CopiesShown::All,
        }
    }

    /// Only articles by an author, whose name is all or a part of `name`.
    pub fn by(self, name: &str) -> Self {
        self.only(Node::having(Field::Author, name))
    }

    /// Only those of a section.
    pub fn in_section(self, name: &str) -> Self {
        self.only(Node::having(Field::Section, name))
    }

    /// Only those of a paper.
    pub fn of_publication(self, name: &str) -> Self {
        self.only(Node::having(Field::Publication, name))
    }

    /// Only those published on these days, both included.
    pub fn between(self, from: Date, to: Date) -> Self {
        let days = DateRange { from: Some(from), to: Some(to) };
        self.only(Node::new(NodeKind::Date(DateFilter::In(days)), 0..0))
    }

    /// Only those that `filter` finds too.
    pub fn only(self, filter: Node) -> Self {
        let query = Node::and(vec![self.query.clone(), filter]).unwrap_or(self.query);
        Self { query, ..self }
    }

    /// The same for another query of which nothing but the total is wanted.
    pub(super) fn for_total(&self, query: Node) -> Self {
        Self {
            query,
            sort: Sort::Newest,
            limit: 0,
            offset: 0,
            explain: false,
            count_words: false,
            count_undecided: false,
            copies: CopiesShown::All,
            ..self.clone()
        }
    }

    pub(super) fn names(&self) -> Option<&NameVariants> {
        self.variants.then(|| self.names.as_deref().unwrap_or(&NAME_VARIANTS))
    }
}
