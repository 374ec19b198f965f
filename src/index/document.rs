//! An article as the engine stores it, and back.

use jiff::civil::{Date, Time};
use tantivy::TantivyDocument;
use tantivy::schema::{Field, OwnedValue, Value};

use crate::analysis::{Language, word_count};
use crate::article::{Article, ArticleDate, DatePrecision, Format};
use crate::field;
use crate::id::{self, hash64};
use crate::near_duplicates::Sketch;
use crate::schema::Schema;

use super::dates::{date_key, precision_number, zone_number};
use super::fields::Fields;
use super::passages::passages;
use super::tokenizer::{Layout, Origin};

/// An article of the index, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// The article; its path is relative to its root.
    pub article: Article,
    /// The number of its root in the manifest.
    pub root: u32,
    /// Whether headline or body are not what was indexed; the article's problems say so too.
    pub damaged: bool,
}

/// What an article says whose stored text is not what was indexed.
const DAMAGED: &str = "its text in the index is damaged: `newsearch verify` says what else is";

/// Stands for an article's headline and body.
fn content_hash(headline: &str, body: &str) -> [u64; 2] {
    let mut hasher = blake3::Hasher::new();
    for part in [headline.as_bytes(), b"\0", body.as_bytes()] {
        hasher.update(part);
    }
    let hash = hasher.finalize();
    let half = |at: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.as_bytes()[at..at + 8]);
        u64::from_le_bytes(bytes)
    };
    [half(0), half(8)]
}

/// Stands for all articles of one file: the hash of its root's number and its path.
pub fn file_key(root: u32, path: &str) -> u64 {
    hash64(&[&root.to_le_bytes(), path.as_bytes()])
}

/// The article as a document of the engine. `file` is [`file_key`]'s.
pub fn to_document(
    article: &Article,
    fields: &Fields,
    schema: &Schema,
    root: u32,
    file: u64,
) -> Vec<(Field, OwnedValue)> {
    let language = Language::from_code(article.language.as_deref());
    let origin = Origin { file, record: article.record };
    let mut doc = Values(Vec::with_capacity(28));
    doc.add_text(fields.id, article.id.as_str());
    for alias in id::aliases(article) {
        doc.add_text(fields.id_alias, alias);
    }
    doc.add_text(fields.headline, article.headline.as_str());
    doc.add_text(fields.body, article.body.as_str());
    doc.add_text(fields.path, article.path.as_str());
    doc.add_u64(fields.root, u64::from(root));
    doc.add_u64(fields.record, u64::from(article.record));
    doc.add_u64(fields.file, file);
    doc.add_text(fields.format, article.format.as_str());
    doc.add_u64(fields.words, word_count(&article.body));
    for half in content_hash(&article.headline, &article.body) {
        doc.add_u64(fields.content, half);
    }
    let sketch = Sketch::new(&article.headline, &article.body);
    doc.add_u64(fields.copy_text, sketch.text_hash);
    for value in sketch.to_values() {
        doc.add_u64(fields.copy_sketch, value);
    }
    for author in &article.authors {
        doc.add_text(fields.author, author.as_str());
    }
    if let Some(section) = &article.section {
        doc.add_text(fields.section, section.as_str());
    }
    if let Some(publication) = &article.publication {
        doc.add_text(fields.publication, publication.as_str());
    }
    if let Some(url) = &article.url {
        doc.add_text(fields.url, url.as_str());
    }
    if let Some(language) = &article.language {
        doc.add_text(fields.language, language.as_str());
    }
    if let Some(dateline) = &article.dateline {
        doc.add_text(fields.dateline, dateline.as_str());
    }
    for problem in &article.problems {
        doc.add_text(fields.problems, problem.as_str());
    }
    if let Some(date) = &article.date {
        doc.add_i64(fields.date, date_key(date.day, date.time));
        doc.add_text(fields.date_text, date.to_string());
        doc.add_text(fields.date_precision, date.precision.as_str());
        doc.add_u64(fields.date_known, precision_number(date.precision));
        if let Some(zone) = zone_number(date) {
            doc.add_u64(fields.date_zone, zone);
        }
    }

    let single = |values: &mut dyn Iterator<Item = &str>| {
        let mut layout = Layout::new(language, origin);
        values.for_each(|value| layout.paragraph(value, 1));
        layout.finish()
    };
    doc.add_text(fields.headline_words, single(&mut [article.headline.as_str()].into_iter()));
    doc.add_text(fields.author_words, single(&mut article.authors.iter().map(String::as_str)));
    doc.add_text(fields.section_words, single(&mut article.section.as_deref().into_iter()));
    doc.add_text(fields.publication_words, single(&mut article.publication.as_deref().into_iter()));
    doc.add_text(fields.url_words, single(&mut article.url.as_deref().into_iter()));

    let mut layout = Layout::new(language, origin);
    let (before, body): (Vec<_>, Vec<_>) =
        passages(article).partition(|(field, _)| *field != field::Field::Body);
    for (field, text) in before {
        layout.paragraph(text, schema.weight(field.as_str()));
    }
    layout.body_begins();
    for (field, text) in body {
        layout.paragraph(text, schema.weight(field.as_str()));
    }
    doc.add_text(fields.text, layout.finish());
    doc.0
}

/// What a document is made of: texts are moved or copied once.
struct Values(Vec<(Field, OwnedValue)>);

impl Values {
    fn add_text(&mut self, field: Field, text: impl Into<String>) {
        self.0.push((field, OwnedValue::Str(text.into())));
    }

    fn add_u64(&mut self, field: Field, number: u64) {
        self.0.push((field, OwnedValue::U64(number)));
    }

    fn add_i64(&mut self, field: Field, number: i64) {
        self.0.push((field, OwnedValue::I64(number)));
    }
}

/// Whether the lengths in a document as the engine stores it add up: the number of its values, then for each
/// four bytes of the field, one of the type, and eight bytes of a number or a length and so many bytes of a
/// text.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    fn length(rest: &mut &[u8]) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, behind) = rest.split_first()?;
            *rest = behind;
            value |= u64::from(byte & 0x7f) << shift;
            // The last byte of a length has the highest bit.
            if byte & 0x80 != 0 {
                return Some(value);
            }
        }
        None
    }
    fn value(rest: &mut &[u8]) -> Option<()> {
        let (head, behind) = rest.split_at_checked(5)?;
        *rest = behind;
        // Texts, and whole numbers without and with a sign: all that there is in our documents.
        let bytes = match head.last()? {
            0 => usize::try_from(length(rest)?).ok()?,
            1 | 2 => 8,
            _ => return None,
        };
        (_, *rest) = rest.split_at_checked(bytes)?;
        Some(())
    }
    let mut rest = bytes;
    length(&mut rest).is_some_and(|values| (0..values).all(|_| value(&mut rest).is_some()))
}

/// The article that a document of the engine holds.
///
/// # Errors
/// Says which value is missing or unusable where the document is not one of [`to_document`]'s.
pub fn from_document(doc: &TantivyDocument, fields: &Fields) -> Result<StoredArticle, String> {
    let text = |field| doc.get_first(field).and_then(|v| v.as_str()).map(str::to_owned);
    let number = |field| doc.get_first(field).and_then(|v| v.as_u64()).and_then(|n| u32::try_from(n).ok());
    let texts = |field| doc.get_all(field).filter_map(|v| v.as_str().map(str::to_owned)).collect::<Vec<_>>();
    let required = |field, name: &str| text(field).ok_or_else(|| format!("a stored article has no `{name}`"));
    let date = match (text(fields.date_text), text(fields.date_precision)) {
        (Some(date), Some(precision)) => {
            Some(parse_date(&date, &precision).ok_or("a stored date cannot be read")?)
        }
        _ => None,
    };
    let (headline, body) = (required(fields.headline, "headline")?, required(fields.body, "body")?);
    let recorded = doc.get_all(fields.content).filter_map(|half| half.as_u64());
    let damaged = !recorded.eq(content_hash(&headline, &body));
    let mut problems = texts(fields.problems);
    problems.extend(damaged.then(|| DAMAGED.to_owned()));
    Ok(StoredArticle {
        article: Article {
            id: required(fields.id, "id")?,
            path: required(fields.path, "path")?,
            record: number(fields.record).ok_or("a stored article has no `record`")?,
            headline,
            body,
            authors: texts(fields.author),
            section: text(fields.section),
            publication: text(fields.publication),
            url: text(fields.url),
            date,
            dateline: text(fields.dateline),
            format: required(fields.format, "format")?.parse::<Format>()?,
            language: text(fields.language),
            problems,
        },
        root: number(fields.root).ok_or("a stored article has no `root`")?,
        damaged,
    })
}

/// Reads what [`ArticleDate`]'s `Display` wrote.
fn parse_date(text: &str, precision: &str) -> Option<ArticleDate> {
    let precision = match precision {
        "year" => DatePrecision::Year,
        "month" => DatePrecision::Month,
        "day" => DatePrecision::Day,
        "minute" => DatePrecision::Minute,
        "approximate" => DatePrecision::Approximate,
        _ => return None,
    };
    let (day, clock) = text.split_once('T').map_or((text, None), |(day, clock)| (day, Some(clock)));
    let whole = match precision {
        DatePrecision::Year => format!("{day}-01-01"),
        DatePrecision::Month => format!("{day}-01"),
        _ => day.to_owned(),
    };
    let day: Date = whole.parse().ok()?;
    let Some(clock) = clock else {
        return Some(ArticleDate { day, time: None, offset_seconds: None, precision });
    };
    let time: Time = clock.get(..8)?.parse().ok()?;
    let offset_seconds = match clock.get(8..)? {
        "Z" => Some(0),
        "-00:00" => None,
        offset => {
            let sign = if offset.starts_with('-') { -1 } else { 1 };
            let hours: i32 = offset.get(1..3)?.parse().ok()?;
            let minutes: i32 = offset.get(4..6)?.parse().ok()?;
            Some(sign * (hours * 3600 + minutes * 60))
        }
    };
    Some(ArticleDate { day, time: Some(time), offset_seconds, precision })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::index::fields::engine_schema;
    use jiff::civil::date;

    fn article() -> Article {
        Article {
            id: "a1".into(),
            path: "world/a.txt".into(),
            record: 2,
            headline: "Peace plan".into(),
            body: "One.\n\nTwo.".into(),
            authors: vec!["Ana Sousa".into(), "Jo Ek".into()],
            section: Some("World".into()),
            publication: Some("Ellery Courier".into()),
            url: Some("https://courier.example/world/a".into()),
            date: Some(ArticleDate {
                day: date(2025, 12, 2),
                time: Some(Time::constant(14, 5, 0, 0)),
                offset_seconds: Some(-12_600),
                precision: DatePrecision::Minute,
            }),
            dateline: Some("OSLO, Dec 2".into()),
            format: Format::Text,
            language: Some("en".into()),
            problems: vec!["odd".into()],
        }
    }

    #[test]
    fn an_article_comes_back_as_it_went() {
        let schema = Schema::builtin();
        let fields = Fields::resolve(&engine_schema(schema)).unwrap();
        let mut article = article();
        let of = |precision, day| Some(ArticleDate { precision, ..ArticleDate::from_day(day) });
        for date in [
            article.date,
            None,
            Some(ArticleDate::from_day(date(1987, 2, 26))),
            of(DatePrecision::Month, date(1987, 2, 1)),
            of(DatePrecision::Year, date(987, 1, 1)),
            of(DatePrecision::Approximate, date(1987, 2, 26)),
        ] {
            article.date = date;
            let doc = to_document(&article, &fields, schema, 3, 7);
            let mut stored = TantivyDocument::new();
            doc.iter().for_each(|(field, value)| stored.add_field_value(*field, value));
            let back = from_document(&stored, &fields).unwrap();
            assert_eq!(back, StoredArticle { article: article.clone(), root: 3, damaged: false });
        }
    }

    #[test]
    fn a_text_that_is_not_what_was_indexed_is_told() {
        let schema = Schema::builtin();
        let fields = Fields::resolve(&engine_schema(schema)).unwrap();
        for change in [
            |article: &mut Article| article.body.replace_range(0..1, "B"),
            |article: &mut Article| article.headline.push('s'),
            // What moves from one to the other.
            |article: &mut Article| article.headline.push_str(&article.body.split_off(3)),
        ] {
            let mut stored = TantivyDocument::new();
            let mut other = article();
            change(&mut other);
            let written = to_document(&article(), &fields, schema, 3, 7);
            let changed = to_document(&other, &fields, schema, 3, 7);
            for ((field, value), (_, other)) in written.iter().zip(&changed) {
                let is_text = *field == fields.headline || *field == fields.body;
                stored.add_field_value(*field, if is_text { other } else { value });
            }
            let back = from_document(&stored, &fields).unwrap();
            assert!(back.damaged);
            assert_eq!(back.article.problems, ["odd", DAMAGED]);
        }
    }
}
