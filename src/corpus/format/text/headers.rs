//! Headers above a text like those of mail: `Title: …`, `Byline: …`, `Published: …`.

use super::lines::next_filled;
use crate::corpus::fields::{date, publication};
use crate::corpus::{Context, RawArticle, read_date};

/// The fields that RFC 822-like headers name.
enum Field {
    Headline,
    Author,
    Date,
    Section,
    Id,
    Language,
    Dateline,
    Publication,
    /// Where it came from: a name, or an address.
    Source,
    Other,
}

fn field(key: &str) -> Option<Field> {
    Some(match key.to_lowercase().replace(['-', '_'], " ").as_str() {
        "title" | "headline" | "subject" | "titel" | "titre" | "titulo" | "título" | "titolo" | "hed"
        | "head" | "heading" | "article title" | "story title" | "schlagzeile" | "überschrift"
        | "titular" | "titulares" => Field::Headline,
        "author" | "authors" | "by" | "byline" | "from" | "autor" | "auteur" | "autore" | "writer"
        | "reporter" | "reporters" | "written by" | "author name" | "author(s)" | "byline name"
        | "verfasser" | "autorin" | "auteurs" | "autores" | "correspondent" => Field::Author,
        "date"
        | "published"
        | "pubdate"
        | "publication date"
        | "publish date"
        | "datum"
        | "fecha"
        | "data"
        | "created"
        | "posted"
        | "pub date"
        | "date published"
        | "published on"
        | "published at"
        | "published date"
        | "release date"
        | "issued"
        | "issue date"
        | "veröffentlicht"
        | "erschienen"
        | "publié"
        | "publicado"
        | "date publication"
        | "fecha de publicación"
        | "date de publication"
        | "first published"
        | "timestamp" => Field::Date,
        "section" | "category" | "desk" | "rubrik" | "ressort" | "rubrique" | "sección" | "sezione"
        | "topic" | "channel" | "kategorie" | "catégorie" | "categoría" | "department" => Field::Section,
        "id" | "docno" | "article id" | "doc id" | "message id" | "guid" => Field::Id,
        "language" | "lang" => Field::Language,
        "dateline" | "location" | "place" => Field::Dateline,
        "publication" | "newspaper" | "paper" | "publisher" | "outlet" | "site" | "site name"
        | "publication title" | "zeitung" | "journal" | "giornale" | "periódico" => Field::Publication,
        "source" | "url" | "link" | "quelle" | "fuente" | "fonte" | "web address" | "permalink" => {
            Field::Source
        }
        "slug" | "keywords" | "tags" | "to" | "updated" | "last updated" | "modified" | "copyright"
        | "word count" | "words" | "page" | "edition" | "summary" | "deck" | "dek" | "subtitle" | "image"
        | "description" | "content type" | "mime version" | "body" | "text" | "content" | "length"
        | "type" | "status" => Field::Other,
        _ => return None,
    })
}

/// `Title: …`, `Author: …` lines at the top, at least two of them and a title among them; the line where the
/// body starts.
pub(super) fn read(lines: &[&str], article: &mut RawArticle, context: &Context<'_>) -> Option<usize> {
    let start = next_filled(lines, 0);
    let mut found: Vec<(Field, String)> = Vec::new();
    let mut at = start;
    while let Some(line) = lines.get(at) {
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() && !found.is_empty() {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            at += 1;
            continue;
        }
        // A gap between two headers is none between headers and text.
        if line.trim().is_empty() && !found.is_empty() && is_header(lines.get(at + 1)) {
            at += 1;
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { break };
        let Some(field) = field(key.trim()) else { break };
        at += 1;
        let opens_body = matches!(key.trim().to_lowercase().as_str(), "body" | "text" | "content");
        if opens_body && value.trim().is_empty() {
            break;
        }
        if opens_body {
            at -= 1;
            break;
        }
        found.push((field, value.trim().to_string()));
    }
    let titled = found.iter().any(|(field, _)| matches!(field, Field::Headline));
    if !titled || (found.len() < 2 && !lines.get(at).is_some_and(|l| l.trim().is_empty())) {
        return None;
    }
    for (field, value) in found.into_iter().filter(|(_, value)| !value.is_empty()) {
        match field {
            Field::Headline if article.headline.is_empty() => article.headline = value,
            Field::Author => article.bylines.push(value),
            Field::Date if article.date.is_none() => {
                article.date = read_date(&value, context, None, &mut article.problems);
            }
            Field::Section => article.section = article.section.take().or(Some(value)),
            Field::Id => article.id = article.id.take().or(Some(value)),
            Field::Language => article.language = article.language.take().or(Some(value)),
            Field::Dateline => article.dateline = article.dateline.take().or(Some(value)),
            Field::Publication => match publication::name(&value) {
                Some(name) => article.publication = article.publication.take().or(Some(name)),
                None if article.date.is_none() => {
                    article.date = date::parse(&value, context.base()).ok();
                }
                None => {}
            },
            Field::Source => {
                let address = publication::address(&value);
                article.publication = article.publication.take().or_else(|| publication::source(&value));
                article.address = article.address.take().or(address);
            }
            Field::Headline | Field::Date | Field::Other => {}
        }
    }
    Some(next_filled(lines, at))
}

fn is_header(line: Option<&&str>) -> bool {
    line.and_then(|line| line.split_once(':')).is_some_and(|(key, _)| {
        field(key.trim()).is_some()
            && !matches!(key.trim().to_lowercase().as_str(), "from" | "by" | "to" | "page" | "place")
    })
}
