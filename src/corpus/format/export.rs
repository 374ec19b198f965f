//! Text exports of press databases, of many documents each → articles.

pub mod factiva;
pub mod nexis;
pub mod proquest;

use crate::corpus::{RawArticle, Record};

/// The record of what was found, unless it is nothing.
fn record(article: RawArticle) -> Record {
    if article.headline.is_empty() && article.paragraphs.is_empty() {
        return Record::Unreadable("a document without headline and text".to_string());
    }
    Record::Article(Box::new(article))
}

/// What an export holds where nothing of it is a document.
fn or_nothing(records: Vec<Record>) -> Vec<Record> {
    if records.is_empty() { vec![Record::Unreadable("holds no documents".to_string())] } else { records }
}

/// The words of a text, one space between.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The section's name, without the page that follows it.
fn section(text: &str) -> Option<String> {
    let name = text.split(';').next().unwrap_or_default().split(", Pg").next().unwrap_or_default();
    let name = one_line(name);
    let page = name.to_lowercase();
    let is_page = page.starts_with("pg") || page.starts_with("page") || page.starts_with("p.");
    (!name.is_empty() && !is_page).then(|| super::text::title_case(&name))
}

/// The code of a language by its name in English or in itself, with whatever else stands beside it.
fn language_code(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let code = match name.split([' ', ';', ',', '-']).next()? {
        "english" | "englisch" | "anglais" => "en",
        "german" | "deutsch" | "allemand" => "de",
        "french" | "français" => "fr",
        "spanish" | "español" => "es",
        "italian" | "italiano" => "it",
        "portuguese" | "português" => "pt",
        "dutch" | "nederlands" => "nl",
        "russian" => "ru",
        "swedish" => "sv",
        "danish" => "da",
        "norwegian" => "no",
        "polish" => "pl",
        "japanese" => "ja",
        "chinese" => "zh",
        _ => return None,
    };
    Some(code.to_string())
}

#[cfg(test)]
mod tests;
