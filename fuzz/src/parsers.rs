//! The parsers of our own.

use jiff::civil::Time;
use newsearch::analysis::tokenize::RawToken;
use newsearch::analysis::{Analyzer, Language, term};
use newsearch::article::{Article, ArticleDate, Format};
use newsearch::corpus::date::parse as parse_date;
use newsearch::corpus::{self, Outcome};
use newsearch::index::passages::passages;
use newsearch::near_duplicates::{Sketch, Text};

use crate::{asked, chunk, first_line};

/// Any text as a date: what is read is printed and read again as the same.
pub fn date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let base = jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 365 * 56);
    if let Ok(date) = parse_date(text, Some(base)) {
        let again = parse_date(&date.to_string(), None).unwrap_or_else(|error| panic!("{date}: {error}"));
        assert_eq!((again.day, again.offset_seconds), (date.day, date.offset_seconds), "{date}");
        // A midnight without a zone is how machines write that they know only the day.
        let is_midnight = |date: &ArticleDate| date.time.is_none_or(|time| time == Time::midnight());
        assert!(again.time == date.time || is_midnight(&date) && is_midnight(&again), "{date} and {again}");
    }
}

/// The first line is a file's name, what follows its beginning.
pub fn detect(bytes: &[u8]) {
    let (name, head) = first_line(bytes);
    let _ = corpus::detect::detect(&String::from_utf8_lossy(name), head);
}

/// Any text as a query: it is always read, and its reading is read as the same.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(node) = asked(text) {
        let read_as = node.to_string();
        assert_eq!(asked(&read_as), Some(node), "{read_as}");
    }
}

/// The first line is a format's name, or its first byte stands for one; what follows is a file of it.
pub fn read(bytes: &[u8]) {
    let (name, content) = first_line(bytes);
    let named = std::str::from_utf8(name).ok().and_then(|name| name.parse().ok());
    let number = name.first().map_or(0, |byte| usize::from(*byte) % Format::ALL.len());
    let format = named.unwrap_or(Format::ALL[number]);
    for outcome in corpus::read(&chunk(format, content.to_vec())) {
        match outcome {
            Outcome::Article(article) => {
                is_clean(&article);
                is_analyzed(&article);
            }
            Outcome::Problem(problem) => assert!(!problem.message.contains("the reader failed"), "{problem}"),
        }
    }
}

/// What `finish` promises, whatever the format.
pub fn is_clean(article: &Article) {
    let fields = article.authors.iter().chain(&article.section).chain(&article.dateline);
    for text in fields.chain([&article.headline, &article.id]) {
        assert!(!text.contains(char::is_control) && text.trim() == text, "{text:?} in {article:?}");
    }
    let is_clean = |paragraph: &str| {
        !paragraph.is_empty() && !paragraph.contains(char::is_control) && paragraph.trim() == paragraph
    };
    assert!(article.body.is_empty() || article.body.split("\n\n").all(is_clean), "{:?}", article.body);
}

/// Its words are in order, and each is a piece of the text; of two texts, either is a copy of the other or
/// none is.
fn is_analyzed(article: &Article) {
    let language = Language::from_code(article.language.as_deref());
    for (_, row) in passages(article) {
        let mut last = 0;
        let used = Analyzer::default().analyze(row, language, |token| {
            let RawToken { start, end, width, .. } = token.raw;
            assert!(row.get(start..end).is_some_and(|word| !word.is_empty()), "{token:?} of {row:?}");
            assert!(token.position >= last && width > 0, "{token:?} of {row:?}");
            assert!(term::decode(token.term).is_some(), "{token:?} of {row:?}");
            last = token.position;
        });
        assert!(used == 0 || last < used, "{row:?}");
    }
    let half = article.body.split("\n\n").next().unwrap_or_default();
    let (whole, half) = (Text::new(&*article.body), Text::new(half));
    assert_eq!(whole.is_near_duplicate_of(&half), half.is_near_duplicate_of(&whole), "{:?}", article.body);
    let _ = Sketch::new(&article.headline, &article.body).to_values().count();
}
