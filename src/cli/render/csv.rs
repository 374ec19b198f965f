//! Answers as a table for a spreadsheet: RFC 4180, UTF-8, and no cell that a spreadsheet would run as a
//! formula.

use std::borrow::Cow;
use std::io::Write;

use clap::ValueEnum;
use newsearch::analysis::word_count;
use newsearch::search::facets::Facet;
use newsearch::search::{Hit, SearchResponse};

use super::super::outcome::Failure;
use super::super::terminal::clean;

/// A column of a table of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Column {
    /// Its place in the answer
    Rank,
    /// Its id
    Id,
    /// Its score
    Score,
    /// When it was published: YYYY-MM-DD, YYYY-MM, YYYY
    Date,
    /// How well that is known: year, month, day, minute or approximate
    DatePrecision,
    /// The headline
    Headline,
    /// The authors, with `; ` between them
    Authors,
    /// The section
    Section,
    /// The paper
    Publication,
    /// The address on the web
    Url,
    /// The file it was read from
    Path,
    /// The lines that show why it was found
    Snippet,
    /// The dateline and the whole text, paragraphs with an empty line between them
    Text,
    /// How many words the text has
    Words,
    /// The language of the text (ISO 639-1)
    Language,
    /// The format of its file
    Format,
    /// Its number within its file, from 1
    Record,
    /// What is doubtful about it, with `; ` between them
    Problems,
}

impl Column {
    /// Those of every answer.
    pub const USUAL: &[Self] = &[
        Self::Rank,
        Self::Id,
        Self::Score,
        Self::Date,
        Self::DatePrecision,
        Self::Headline,
        Self::Authors,
        Self::Section,
        Self::Publication,
        Self::Url,
        Self::Path,
        Self::Snippet,
    ];

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Whether the article's text is needed.
    pub fn is_of_text(self) -> bool {
        matches!(self, Self::Text | Self::Words)
    }

    fn cell<'a>(self, hit: &'a Hit, path: &'a str) -> Cow<'a, str> {
        let article = &hit.article;
        let optional = |value: &'a Option<String>| value.as_deref().unwrap_or_default().into();
        match self {
            Self::Rank => hit.rank.to_string().into(),
            Self::Id => article.id.as_str().into(),
            Self::Score => hit.score.to_string().into(),
            Self::Date => article.date.map(|date| date.to_string()).unwrap_or_default().into(),
            Self::DatePrecision => article.date.map_or("", |date| date.precision.as_str()).into(),
            Self::Headline => article.headline.as_str().into(),
            Self::Authors => article.authors.join("; ").into(),
            Self::Section => optional(&article.section),
            Self::Publication => optional(&article.publication),
            Self::Url => optional(&article.url),
            Self::Path => path.into(),
            Self::Snippet => snippets(hit).into(),
            Self::Text => match &article.dateline {
                Some(dateline) => format!("{dateline} {}", article.body).into(),
                None => article.body.as_str().into(),
            },
            Self::Words => word_count(&article.body).to_string().into(),
            Self::Language => optional(&article.language),
            Self::Format => article.format.as_str().into(),
            Self::Record => article.record.to_string().into(),
            Self::Problems => article.problems.join("; ").into(),
        }
    }
}

/// `query --format csv`: a line of names, then one line a hit.
pub fn hits(out: &mut impl Write, response: &SearchResponse, paths: &[String]) -> Result<(), Failure> {
    header(out, Column::USUAL)?;
    response.hits.iter().zip(paths).try_for_each(|(each, path)| hit(out, Column::USUAL, each, path))
}

/// The line of names.
pub fn header(out: &mut impl Write, columns: &[Column]) -> Result<(), Failure> {
    row(out, columns.iter().map(|column| column.name().into()))
}

/// The line of one hit.
pub fn hit(out: &mut impl Write, columns: &[Column], hit: &Hit, path: &str) -> Result<(), Failure> {
    row(out, columns.iter().map(|column| column.cell(hit, path)))
}

fn snippets(hit: &Hit) -> String {
    let mut snippets = String::new();
    for (at, snippet) in hit.snippets.iter().enumerate() {
        snippets.push_str(if snippet.apart {
            " … "
        } else if at > 0 {
            " "
        } else {
            ""
        });
        snippets.push_str(&snippet.text);
    }
    snippets
}

/// `query --facet --format csv`: a line a value; those that have none come last, without a value.
pub fn facets(out: &mut impl Write, facets: &[Facet]) -> Result<(), Failure> {
    row(out, ["by", "value", "articles"].map(Cow::Borrowed))?;
    for facet in facets {
        let by = facet.by.as_str();
        for value in &facet.values {
            row(out, [by.into(), value.value.as_str().into(), value.articles.to_string().into()])?;
        }
        if facet.without > 0 {
            row(out, [by.into(), "".into(), facet.without.to_string().into()])?;
        }
    }
    Ok(())
}

/// A line of cells.
pub fn row<'a>(out: &mut impl Write, cells: impl IntoIterator<Item = Cow<'a, str>>) -> Result<(), Failure> {
    let quoted: Vec<String> = cells.into_iter().map(|cell| quote(&cell)).collect();
    // RFC 4180 ends lines so, on every system.
    write!(out, "{}\r\n", quoted.join(","))?;
    Ok(())
}

/// A cell as it stands in the file. What a spreadsheet would read as a formula gets an apostrophe before it,
/// which it takes for "this is text".
fn quote(cell: &str) -> String {
    let cell = clean(cell);
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let cell = if is_formula { format!("'{cell}") } else { cell };
    if cell.contains(['"', ',', '\n', ';', '\'']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (cell, written) in [
            ("peace", "peace"),
            ("peace, plan", "\"peace, plan\""),
            ("the \"plan\"", "\"the \"\"plan\"\"\""),
            ("=1+1", "\"'=1+1\""),
            (" @sum(a1)", "\"' @sum(a1)\""),
            ("-2 degrees", "\"'-2 degrees\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(quote(cell), written);
        }
    }
}
