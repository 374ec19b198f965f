//! What many queries find: for people, as a table and for programs.

use std::borrow::Cow;
use std::io::Write;

use newsearch::search::{Account, SearchResponse};

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::nothing::Nothing;
use super::words::{article_date, count};
use super::{csv, json};

/// A query of the file.
pub struct Line {
    /// The number of its line, from 1.
    pub number: usize,
    /// Its name.
    pub name: Option<String>,
    /// The query as it was typed.
    pub query: String,
}

/// What a query finds, or why it could not be asked.
pub struct Answered {
    /// The query.
    pub line: Line,
    /// What it finds.
    pub answer: Result<Answer, String>,
}

/// What a query finds.
pub struct Answer {
    /// How it was read.
    pub read_as: String,
    /// What there is to know about the search.
    pub account: Account,
    /// The best articles.
    pub response: SearchResponse,
    /// Why there is none, where that is so.
    pub nothing: Option<Nothing>,
}

/// The names of the columns.
pub fn csv_header(out: &mut impl Write) -> Result<(), Failure> {
    let names = ["line", "name", "query", "total", "id", "date", "headline", "path", "error"];
    csv::row(out, names.map(Cow::Borrowed))
}

pub fn to_text(out: &mut impl Write, answered: &Answered, terminal: &Terminal) -> Result<(), Failure> {
    let styles = terminal.styles();
    let line = &answered.line;
    let shown = match &line.name {
        Some(name) if !name.is_empty() => format!("{name}: {}", line.query),
        _ => line.query.clone(),
    };
    let Answer { response, nothing, .. } = match &answered.answer {
        Ok(answer) => answer,
        Err(message) => {
            writeln!(out, "{:>9}  {}", "-", clean(&shown))?;
            writeln!(out, "{:11}{}not asked: {}{}", "", styles.bad, clean(message), styles.reset)?;
            return Ok(());
        }
    };
    let (headline, faint, reset) = (styles.headline, styles.faint, styles.reset);
    writeln!(out, "{:>9}  {headline}{}{reset}", count(response.total), clean(&shown))?;
    for hit in &response.hits {
        let date =
            hit.article.date.as_ref().map(|date| format!("{}  ", article_date(date))).unwrap_or_default();
        writeln!(
            out,
            "{:11}{date}{}  {faint}id {}{reset}",
            "",
            clean(&hit.article.title()),
            clean(&hit.article.id)
        )?;
    }
    nothing.as_ref().map_or(Ok(()), |nothing| nothing.parts(out, 11, terminal))
}

pub fn to_csv(out: &mut impl Write, answered: &Answered, paths: &[String]) -> Result<(), Failure> {
    let line = &answered.line;
    let mut row = |total: String, hit: [&str; 4], error: &str| {
        let [id, date, headline, path] = hit;
        let name = line.name.as_deref().unwrap_or_default();
        let number = line.number.to_string();
        let cells = [&number, name, &line.query, &total, id, date, headline, path, error];
        csv::row(out, cells.map(Cow::Borrowed))
    };
    let response = match &answered.answer {
        Ok(answer) => &answer.response,
        Err(message) => return row(String::new(), [""; 4], message),
    };
    if response.hits.is_empty() {
        return row(response.total.to_string(), [""; 4], "");
    }
    response.hits.iter().zip(paths).try_for_each(|(hit, path)| {
        let date = hit.article.date.map(|date| date.to_string()).unwrap_or_default();
        row(response.total.to_string(), [&hit.article.id, &date, &hit.article.headline, path], "")
    })
}

pub fn to_json(out: &mut impl Write, answered: &Answered, paths: &[String]) -> Result<(), Failure> {
    let line = &answered.line;
    let about = json::BatchLine { number: line.number, name: line.name.as_deref(), query: &line.query };
    let (answer, response) = match &answered.answer {
        Ok(Answer { read_as, account, response, nothing }) => {
            (Ok((read_as.as_str(), account, nothing.as_ref())), Some(response))
        }
        Err(message) => (Err(message.as_str()), None),
    };
    json::batch(out, &about, answer, (response, paths))
}
