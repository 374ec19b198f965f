//! Rows with more cells than their header, since somebody did not put a text with commas into quotes.

use super::json;
use crate::corpus::{Context, RawArticle, Record};

/// Reads a row under its header. What does not fit is told, and no text of it is lost.
pub(super) fn read(
    columns: &[String],
    mut cells: Vec<String>,
    delimiter: u8,
    context: &Context<'_>,
) -> Record {
    // Of such a row not all cells are here.
    if cells.len() >= super::MOST_CELLS {
        let (cells, columns) = (cells.len(), columns.len());
        return Record::Unreadable(format!("a row of {cells} cells or more under {columns} columns"));
    }
    while cells.len() > columns.len() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    let misfit = format!("a row of {} cells under {} columns", cells.len(), columns.len());
    if cells.len() == columns.len() {
        return json::read_row(columns, &cells, context);
    }
    if cells.len() < columns.len() {
        return with_problem(json::read_row(columns, &cells, context), misfit);
    }
    let mark = char::from(delimiter);
    let dated = columns.iter().any(|column| json::is_date_key(column, context));
    let fitted = joined_where_a_blank_follows(columns, &cells, mark)
        .into_iter()
        .chain(joined_in_a_text(columns, &cells, mark, dated, context))
        .map(|cells| json::read_row(columns, &cells, context))
        // Where the date is one, the other cells stand where they belong.
        .find(|record| matches!(record, Record::Article(article) if !dated || article.date.is_some()));
    match fitted {
        Some(record) => {
            let how = "what is too many is taken for text that is not in quotes";
            with_problem(record, format!("{misfit}: {how}"))
        }
        None if cells.iter().any(|cell| cell.trim().contains(' ')) => {
            let record = text_only(columns, &cells, mark, context);
            with_problem(record, format!("{misfit}: all of it is taken for text"))
        }
        None => Record::Unreadable(format!("{misfit}, and none of them holds a text")),
    }
}

/// The mark is followed by a blank within a text, and not between cells.
fn joined_where_a_blank_follows(columns: &[String], cells: &[String], mark: char) -> Option<Vec<String>> {
    let mut joined: Vec<String> = Vec::with_capacity(columns.len());
    for cell in cells {
        match joined.last_mut() {
            Some(before) if cell.starts_with(' ') => {
                before.push(mark);
                before.push_str(cell);
            }
            _ => joined.push(cell.clone()),
        }
    }
    (joined.len() == columns.len()).then_some(joined)
}

/// The cells that are too many belong to one of the texts: the body first, then what stands above it. Where
/// no date tells which, only the last column can be meant.
fn joined_in_a_text<'a>(
    columns: &'a [String],
    cells: &'a [String],
    mark: char,
    dated: bool,
    context: &'a Context<'_>,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let from = if dated { 0 } else { columns.len() - 1 };
    let texts = (from..columns.len()).rev().filter(|at| json::is_text_key(&columns[*at], context));
    texts.map(move |at| {
        let surplus = cells.len() - columns.len();
        let (before, rest) = cells.split_at(at);
        let (text, after) = rest.split_at((surplus + 1).min(rest.len()));
        let text = text.join(&mark.to_string());
        [before, &[text], after].concat()
    })
}

/// An article of nothing but text: who wrote it and when cannot be told.
fn text_only(columns: &[String], cells: &[String], mark: char, context: &Context<'_>) -> Record {
    let first = columns.iter().position(|column| json::is_text_key(column, context)).unwrap_or(0);
    let (before, rest) = cells.split_at(first.min(cells.len()));
    let mut texts = rest.iter();
    let headline = texts.next().map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let rest: Vec<&str> = before.iter().chain(texts).map(String::as_str).collect();
    let paragraph = rest.join(&mark.to_string()).trim().to_owned();
    let paragraphs = if paragraph.is_empty() { Vec::new() } else { vec![paragraph] };
    Record::Article(Box::new(RawArticle { headline, paragraphs, ..RawArticle::default() }))
}

fn with_problem(mut record: Record, problem: String) -> Record {
    if let Record::Article(article) = &mut record {
        article.problems.push(problem.into());
    }
    record
}
