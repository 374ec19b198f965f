//! OpenDocument texts (ISO/IEC 26300) → the article: text as it stands after all changes, tables row by row,
//! footnotes below; no headers, footers and comments.

use std::collections::HashMap;

use super::document::{Builder, Document, Properties, Style};
use super::package::{Fields, Listener, Package, Tag, listen};
use crate::corpus::{Context, Record};

/// What is in the file but not in the text.
const LEFT_OUT: [&str; 6] =
    ["tracked-changes", "annotation", "annotation-end", "note-citation", "forms", "sequence-decls"];

/// More blanks in a row than this are one file's mistake, or meant to harm.
const MOST_BLANKS: usize = 100;

/// Reads a document.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Record {
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(reason) => return Record::Unreadable(reason),
    };
    if package.part("META-INF/manifest.xml").is_some_and(|xml| xml.contains("encryption-data")) {
        return Record::Unreadable("the document is encrypted: it needs a password".to_string());
    }
    let Some(content) = package.part("content.xml") else {
        return Record::Unreadable("an OpenDocument text without its text".to_string());
    };
    let mut styles = Styles::default();
    for xml in package.part("styles.xml").iter().chain([&content]) {
        listen(xml, &mut styles);
    }
    let (mut document, whole) = text(&content, &styles);
    document.properties = properties(&mut package);
    let mut record = document.into_record(context, "an OpenDocument text that holds no text");
    if let Record::Article(article) = &mut record
        && !whole
    {
        article.problems.push("the document ends in the middle".to_string().into());
    }
    record
}

fn properties(package: &mut Package<'_>) -> Properties {
    let Some(xml) = package.part("meta.xml") else { return Properties::default() };
    let fields = Fields::read(&xml);
    Properties {
        title: fields.get("title"),
        creator: fields.get("initial-creator").or_else(|| fields.get("creator")),
        created: fields.get("creation-date"),
        language: fields.get("language"),
    }
}

/// The styles by name: what each is, or the style that it changes.
#[derive(Debug, Default)]
struct Styles(HashMap<String, (Style, Option<String>)>);

impl Styles {
    fn get(&self, name: &str) -> Style {
        let mut name = name.to_string();
        for _ in 0..4 {
            match self.0.get(&name) {
                Some((Style::Text, Some(parent))) => name.clone_from(parent),
                Some((style, _)) => return *style,
                None => return style(&name),
            }
        }
        style(&name)
    }
}

impl Listener for Styles {
    fn start(&mut self, name: &str, tag: &Tag<'_>) {
        if name == "style"
            && let Some(id) = tag.attribute("name")
        {
            let parent = tag.attribute("parent-style-name").filter(|parent| *parent != id);
            self.0.insert(id.clone(), (style(&id), parent));
        }
    }
    fn end(&mut self, _: &str) {}
    fn text(&mut self, _: &str) {}
}

fn style(name: &str) -> Style {
    match name {
        "Title" => Style::Title,
        "Subtitle" => Style::Subtitle,
        _ => Style::Text,
    }
}

fn text(xml: &str, styles: &Styles) -> (Document, bool) {
    let mut story = Story { builder: Builder::default(), styles, left_out: 0, in_text: 0 };
    let whole = listen(xml, &mut story);
    (story.builder.finish(), whole)
}

struct Story<'s> {
    builder: Builder,
    styles: &'s Styles,
    /// How deep inside something that is left out.
    left_out: usize,
    /// How deep inside paragraphs.
    in_text: usize,
}

impl Listener for Story<'_> {
    fn start(&mut self, name: &str, tag: &Tag<'_>) {
        if self.left_out > 0 || LEFT_OUT.contains(&name) {
            self.left_out += 1;
            return;
        }
        match name {
            "p" | "h" => {
                self.in_text += 1;
                let style =
                    tag.attribute("style-name").map(|name| self.styles.get(&name)).unwrap_or_default();
                let is_heading = name == "h" && style == Style::Text;
                self.builder.start_paragraph(if is_heading { Style::Heading } else { style });
            }
            "s" => {
                let count = tag.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1usize);
                self.builder.text(&" ".repeat(count.min(MOST_BLANKS)));
            }
            "tab" => self.builder.text("\t"),
            "line-break" => self.builder.text("\n"),
            "table-row" => self.builder.start_row(),
            "table-cell" => self.builder.start_cell(),
            "note-body" => self.builder.start_note(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match name {
            "p" | "h" => {
                self.in_text = self.in_text.saturating_sub(1);
                self.builder.end_paragraph();
            }
            "table-row" => self.builder.end_row(),
            "note-body" => self.builder.end_note(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text > 0 && self.left_out == 0 {
            self.builder.text(&text.replace(['\n', '\r'], " "));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::corpus::RawArticle;
    use crate::corpus::format::package::tests::{cut, package};

    const BODY: &str =
        "The bridge over the Ruska was closed on Monday after engineers found cracks in two of its piers.";

    fn context() -> Context<'static> {
        Context { path: "a.odt", modified: None, latest: None, map: None, day_month: None }
    }

    fn document(body: &str) -> Vec<u8> {
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>\
             </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let meta = "<office:document-meta><office:meta><meta:initial-creator>Jo Ek</meta:initial-creator><dc:title>Template of the \
            desk</dc:title><meta:creation-date>2025-12-02T09:00:00</meta:creation-date></office:meta></office:document-meta>";
        package(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &content),
            ("meta.xml", meta),
        ])
    }

    fn p(text: &str) -> String {
        format!("<text:p>{text}</text:p>")
    }

    #[track_caller]
    fn article(bytes: &[u8]) -> RawArticle {
        match read(bytes, &context()) {
            Record::Article(article) => *article,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_newsrooms_document_is_read_like_its_text() {
        let body = [p("Bridge closed"), p("By Ana Sousa"), p("30 November 2025"), p(BODY)].concat();
        let article = article(&document(&body));
        assert_eq!(
            (article.headline.as_str(), article.bylines.as_slice()),
            ("Bridge closed", &["By Ana Sousa".to_string()][..])
        );
        assert_eq!(article.date.unwrap().to_string(), "2025-11-30");
        assert_eq!(article.paragraphs, [BODY]);
    }

    #[test]
    fn styles_properties_tables_notes_and_changes() {
        let cell = |text: &str| format!("<table:table-cell>{}</table:table-cell>", p(text));
        let body = [
            "<text:tracked-changes><text:deletion><text:p>Gone.</text:p></text:deletion></text:tracked-changes>".to_string(),
            "<text:p text:style-name=\"P1\">The bridge is closed</text:p>".to_string(),
            p(&format!(
                "<text:span>{BODY}</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body>\
                 </text:note><office:annotation><text:p>Check!</text:p></office:annotation>",
                p("A note.")
            )),
            "<text:h text:outline-level=\"2\">What<text:s text:c=\"3\"/>next</text:h>".to_string(),
            format!("<table:table><table:table-row>{}{}</table:table-row></table:table>", cell("Monday"), cell("12 buses")),
        ];
        let article = article(&document(&body.concat()));
        assert_eq!(
            (article.headline.as_str(), article.bylines.as_slice()),
            ("The bridge is closed", &["Jo Ek".to_string()][..])
        );
        assert_eq!(article.date.unwrap().day.to_string(), "2025-12-02");
        assert_eq!(article.paragraphs, [BODY, "What   next", "Monday | 12 buses", "A note."]);
    }

    #[test]
    fn broken_documents_say_what_is_wrong() {
        assert!(matches!(read(cut(&document(&p(BODY))), &context()), Record::Unreadable(_)));
        let locked =
            package(&[("META-INF/manifest.xml", "<manifest:encryption-data/>"), ("content.xml", "?")]);
        assert_eq!(
            read(&locked, &context()),
            Record::Unreadable("the document is encrypted: it needs a password".into())
        );
        assert!(matches!(read(&package(&[("mimetype", "x")]), &context()), Record::Unreadable(_)));
        let half = package(&[("content.xml", &format!("<office:text>{}<text:p>", p(BODY)))]);
        assert_eq!(article(&half).problems, ["the document ends in the middle"]);
    }
}
