//! The words of a query and what they are narrowed by, as every command that searches takes them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use newsearch::query::ast::{Certainty, DateFilter};
use newsearch::query::{Node, NodeKind};

use super::shared::{READING, WHICH};

/// What every command that searches asks for.
#[derive(Debug, Args)]
pub struct AskedArguments {
    /// What to look for; none are needed where there is a filter, and `-` reads them from standard input
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub narrowed: NarrowArguments,
}

/// What every search is narrowed by, and how names are found.
#[derive(Debug, Args)]
pub struct NarrowArguments {
    /// Only articles by this author; given several times, by any of them
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = WHICH)]
    pub author: Vec<String>,

    /// No articles by this author; given several times, by none of them
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub not_author: Vec<String>,

    /// Only articles of this section; given several times, of any of them
    #[arg(long, value_name = "SECTION", allow_hyphen_values = true, help_heading = WHICH)]
    pub section: Vec<String>,

    /// No articles of this section; given several times, of none of them
    #[arg(long, value_name = "SECTION", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub not_section: Vec<String>,

    /// Only articles of this paper; given several times, of any of them
    #[arg(id = "in_publication", long = "publication", value_name = "NAME", allow_hyphen_values = true)]
    #[arg(help_heading = WHICH)]
    pub publication: Vec<String>,

    /// No articles of this paper; given several times, of none of them
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub not_publication: Vec<String>,

    /// Only articles from this folder or file that was given to `index`; given several times, from any of
    /// them
    #[arg(long, value_name = "ROOT", allow_hyphen_values = true, help_heading = WHICH, hide_short_help = true)]
    pub source: Vec<String>,

    /// Only articles from this day, month or year on (2025-12-02, 2025-12, 2025)
    #[arg(long, alias = "since", value_name = "DATE", allow_hyphen_values = true, help_heading = WHICH)]
    pub from: Option<String>,

    /// Only articles up to the end of this day, month or year
    #[arg(long, alias = "until", value_name = "DATE", allow_hyphen_values = true, help_heading = WHICH)]
    pub to: Option<String>,

    /// Only articles after the end of this day, month or year
    #[arg(long, value_name = "DATE", conflicts_with = "from", help_heading = WHICH, hide_short_help = true)]
    pub after: Option<String>,

    /// Only articles before this day, month or year
    #[arg(long, value_name = "DATE", conflicts_with = "to", help_heading = WHICH, hide_short_help = true)]
    pub before: Option<String>,

    /// With a filter by date, also the articles that have no date
    #[arg(long, help_heading = WHICH)]
    pub undated: bool,

    /// Only articles whose date is known so well: the day, the month or the year, by a guess, not at all
    #[arg(long, value_name = "KIND", help_heading = WHICH, hide_short_help = true)]
    pub dates: Option<DatesWanted>,

    /// Find names only as they are spelt here: Kyiv, not Kiev
    #[arg(long, help_heading = READING, hide_short_help = true)]
    pub no_variants: bool,

    /// Find names in the spellings of this file too: {"version":1,"groups":[["kyiv","kiev"]]}
    #[arg(long, value_name = "FILE", conflicts_with = "no_variants", help_heading = READING, hide_short_help = true)]
    pub variants: Option<PathBuf>,

    /// Refuse a query that cannot be read exactly
    #[arg(long, help_heading = READING)]
    pub strict: bool,
}

impl NarrowArguments {
    /// Whether they leave any article out.
    pub fn narrow(&self) -> bool {
        let lists = [
            &self.author,
            &self.not_author,
            &self.section,
            &self.not_section,
            &self.publication,
            &self.not_publication,
            &self.source,
        ];
        lists.into_iter().any(|values| !values.is_empty())
            || self.from.is_some()
            || self.to.is_some()
            || self.after.is_some()
            || self.before.is_some()
            || self.dates.is_some()
    }
}

/// How well a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DatesWanted {
    /// The day is known
    Exact,
    /// The month or the year is known
    Partial,
    /// Worked out from something outside the text, such as the file's own time
    Guessed,
    /// There is none
    None,
}

impl DatesWanted {
    /// What finds such articles.
    pub fn node(self) -> Node {
        let date = |filter| Node::new(NodeKind::Date(filter), 0..0);
        match self {
            Self::Exact => date(DateFilter::Known(Certainty::Exact)),
            Self::Partial => date(DateFilter::Known(Certainty::Partial)),
            Self::Guessed => date(DateFilter::Known(Certainty::Guessed)),
            Self::None => Node::negate(date(DateFilter::ANY)),
        }
    }
}
