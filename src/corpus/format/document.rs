//! A document of a word processor or a page layout, paragraph by paragraph → an article. A newsroom's
//! document looks like its text files: a headline, `By …`, a date, the body; so the text's reader reads it,
//! and styles only say where the headline is. What the program noted of title, author and time counts last:
//! it is often a template's.

mod builder;

pub(super) use builder::Builder;

use super::text;
use crate::corpus::fields::{byline, date};
use crate::corpus::plain_text::budget::{self, MOST_LINES};
use crate::corpus::{Context, Doubt, RawArticle, Record};

/// A title stands within so many paragraphs of the beginning.
const FIRST_PARAGRAPHS: usize = 8;

/// A longer title (characters) is a paragraph in the wrong style.
const LONGEST_TITLE: usize = 300;

/// Paragraphs that are all shorter (characters) may be lines.
const LONGEST_LINE: usize = 100;

/// A line above the title that is no longer (characters) says what the page is, or whose.
const LONGEST_KICKER: usize = 60;

/// What a paragraph is, as far as its style says it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// The document's title.
    Title,
    /// The line below the title.
    Subtitle,
    /// A heading of any level.
    Heading,
    /// Anything else.
    #[default]
    Text,
}

/// One paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub text: String,
    pub style: Style,
}

/// What programs note of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub title: Option<String>,
    pub creator: Option<String>,
    pub created: Option<String>,
    pub language: Option<String>,
}

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Document {
    pub paragraphs: Vec<Paragraph>,
    /// Footnotes and endnotes, in order.
    pub notes: Vec<String>,
    pub properties: Properties,
}

impl Document {
    /// The article in it; `nothing` is the reason where it has no text.
    pub fn into_record(mut self, context: &Context<'_>, nothing: &str) -> Record {
        if self.paragraphs.iter().all(|p| p.text.trim().is_empty()) {
            return Record::Unreadable(nothing.to_string());
        }
        let between = if self.is_of_lines() { "\n" } else { "\n\n" };
        if between.len() > 1 {
            self.paragraphs.retain(|p| !p.text.trim().is_empty());
        }
        let mut article = RawArticle::default();
        match self.take_title() {
            Some((title, above)) => {
                article.headline = title;
                for line in above {
                    // What is neither a section, a name nor a date is the page's head or a note to the desk.
                    let read = text::read_meta_line(&line.text, false, &mut article, context);
                    if !read && line.text.chars().count() > LONGEST_KICKER {
                        self.paragraphs.insert(0, line);
                    }
                }
                let subtitle = self.paragraphs.iter().position(|p| p.style == Style::Subtitle);
                let subtitle =
                    subtitle.filter(|at| *at < FIRST_PARAGRAPHS).map(|at| self.paragraphs.remove(at).text);
                let text = self.text(between);
                let ends = memchr::memchr_iter(b'\n', text.as_bytes());
                let (text, cut) = budget::within(&text, MOST_LINES, "lines", ends);
                article.problems.extend(cut.map(Doubt::from));
                text::read_below_headline(&text.lines().collect::<Vec<_>>(), &mut article, context);
                article.paragraphs.splice(..0, subtitle);
            }
            None => {
                if let Record::Article(read) = text::read(&self.text(between), context) {
                    article = *read;
                }
            }
        }
        article.paragraphs.append(&mut self.notes);
        self.properties.into_article(&mut article, context);
        Record::Article(Box::new(article))
    }

    /// The paragraph that its style makes the title, and what stands above it, from below; a heading only
    /// where nothing but short lines stand above it.
    fn take_title(&mut self) -> Option<(String, Vec<Paragraph>)> {
        let first = || self.paragraphs.iter().take(FIRST_PARAGRAPHS);
        let is_short = |p: &Paragraph| p.text.chars().count() <= LONGEST_KICKER;
        let fits = |p: &Paragraph| p.text.chars().count() <= LONGEST_TITLE;
        let title = first().position(|p| p.style == Style::Title && fits(p)).or_else(|| {
            let at = first().position(|p| p.style == Style::Heading && fits(p))?;
            first().take(at).all(is_short).then_some(at)
        })?;
        // A heading alone is no article's headline where it is all there is.
        if self.paragraphs.len() == 1 {
            return None;
        }
        let above: Vec<Paragraph> = self.paragraphs.drain(..title).rev().collect();
        Some((self.paragraphs.remove(0).text, above))
    }

    /// Whether each paragraph is a line, as where text was pasted that a page had broken: then empty ones
    /// part the paragraphs.
    fn is_of_lines(&self) -> bool {
        let lengths = self.paragraphs.iter().map(|p| p.text.trim().chars().count());
        let (filled, empty): (Vec<usize>, Vec<usize>) = lengths.partition(|length| *length > 0);
        filled.len() >= 8
            && empty.len() >= 2
            && empty.len() * 2 <= filled.len()
            && filled.iter().all(|length| *length <= LONGEST_LINE)
    }

    fn text(&self, between: &str) -> String {
        let texts: Vec<&str> = self.paragraphs.iter().map(|p| p.text.as_str()).collect();
        texts.join(between)
    }
}

impl Properties {
    /// Fills in what the text does not say.
    fn into_article(self, article: &mut RawArticle, context: &Context<'_>) {
        if article.headline.is_empty()
            && let Some(title) = self.title.filter(|title| is_title(title))
        {
            article.headline = title;
        }
        if article.bylines.is_empty()
            && let Some(name) = self.creator.filter(|name| is_person(name))
        {
            article.bylines.push(name);
        }
        if article.date.is_none()
            && let Some(created) = self.created
        {
            article.date = date::parse(created.trim().get(..10).unwrap_or_default(), context.base()).ok();
        }
        article.language = article.language.take().or(self.language);
    }
}

/// Whether a title was written by a person: programs note the file's name, or the template's.
fn is_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let of_programs = [
        "microsoft word",
        "untitled",
        "document",
        "dokument",
        "template",
        "powerpoint",
        "slide 1",
        "unbenannt",
    ];
    let is_file =
        [".doc", ".docx", ".odt", ".rtf", ".pdf", ".indd", ".qxd", ".qxp", ".pmd", ".txt", ".dotx", ".tex"];
    lower.contains(' ')
        && !of_programs.iter().any(|start| lower.starts_with(start))
        && !is_file.iter().any(|ending| lower.ends_with(ending))
}

/// Whether a creator is a whole name, not an account or a program.
fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let of_programs = [
        "user",
        "python",
        "microsoft",
        "office",
        "admin",
        "unknown",
        "windows",
        "writer",
        "author",
        "adobe",
        "word",
    ];
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.len() >= 2
        && !words.iter().any(|word| of_programs.contains(word))
        && !lower.contains(['@', '/', '\\'])
        && byline::split(name).len() == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    const BODY: &str = "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers, the city \
        said, and it will stay closed for at least three weeks.";

    fn read(paragraphs: &[(&str, Style)], properties: Properties) -> RawArticle {
        let paragraphs = paragraphs
            .iter()
            .map(|(text, style)| Paragraph { text: (*text).to_string(), style: *style })
            .collect();
        let document = Document { paragraphs, notes: vec!["1 A note.".into()], properties };
        let context = Context { path: "a.docx", modified: None, latest: None, map: None, day_month: None };
        let Record::Article(article) = document.into_record(&context, "empty") else { panic!() };
        *article
    }

    #[test]
    fn the_text_says_more_than_the_properties() {
        let properties = Properties {
            title: Some("The template of the desk".into()),
            creator: Some("Jo Ek".into()),
            created: Some("2019-01-01T10:00:00Z".into()),
            language: None,
        };
        let lines = [
            ("Bridge closed", Style::Text),
            ("By Ana Sousa", Style::Text),
            ("2 December 2025", Style::Text),
            (BODY, Style::Text),
        ];
        let article = read(&lines, properties.clone());
        assert_eq!(
            (article.headline.as_str(), article.bylines.as_slice()),
            ("Bridge closed", &["By Ana Sousa".to_string()][..])
        );
        assert_eq!(article.date.unwrap().to_string(), "2025-12-02");
        assert_eq!(article.paragraphs, [BODY, "1 A note."]);
        let article = read(&[(BODY, Style::Text), (BODY, Style::Text)], properties);
        assert_eq!(
            (article.headline.as_str(), article.bylines.as_slice()),
            ("The template of the desk", &["Jo Ek".to_string()][..])
        );
        assert_eq!(article.date.unwrap().day.to_string(), "2019-01-01");
    }

    #[test]
    fn styles_say_where_the_headline_is() {
        let lines = [
            ("Harrow Bay Chronicle, page 4", Style::Text),
            ("SPORT", Style::Text),
            (
                "Rovers win, and nobody is more surprised than the keeper of the ground, who had gone home",
                Style::Title,
            ),
            ("The keeper had gone home", Style::Subtitle),
            ("By Ana Sousa", Style::Text),
            (BODY, Style::Text),
            ("What next", Style::Heading),
            (BODY, Style::Text),
        ];
        let article = read(&lines, Properties::default());
        assert!(article.headline.starts_with("Rovers win"));
        assert_eq!(article.section.as_deref(), Some("Sport"));
        assert_eq!(article.bylines, ["By Ana Sousa"]);
        assert_eq!(article.paragraphs, ["The keeper had gone home", BODY, "What next", BODY, "1 A note."]);
    }

    #[test]
    fn programs_write_no_headlines() {
        for title in ["Microsoft Word - bridge.doc", "Document 1", "story about a bridge.docx", "Untitled"] {
            assert!(!is_title(title), "{title}");
        }
        assert!(is_title("Bridge closed"));
        assert!(
            is_person("Ana Sousa")
                && !is_person("Windows User")
                && !is_person("asousa")
                && !is_person("a@x.example y")
        );
    }

    #[test]
    fn nothing_is_said() {
        let context = Context { path: "a.docx", modified: None, latest: None, map: None, day_month: None };
        assert_eq!(Document::default().into_record(&context, "empty"), Record::Unreadable("empty".into()));
    }
}
