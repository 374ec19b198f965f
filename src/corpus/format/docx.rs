//! Word documents (ECMA-376 WordprocessingML) → the article: text as it stands after all changes, tables row
//! by row, footnotes below; no headers, footers and comments.

use std::collections::HashMap;

use super::document::{Builder, Document, Properties, Style};
use super::package::{Fields, Listener, Package, Tag, listen};
use crate::corpus::{Context, Record};

/// What is in the file but not in the text: what was deleted, how it looked before, the same text box for
/// older programs.
const LEFT_OUT: [&str; 8] = [
    "del",
    "moveFrom",
    "Fallback",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "numberingChange",
];

/// Reads a document.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Record {
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(reason) => return Record::Unreadable(reason),
    };
    let main = package.part("word/document.xml").or_else(|| package.part_like("word/document", ".xml"));
    let Some(main) = main else { return Record::Unreadable("a Word document without its text".to_string()) };
    let styles = package.part("word/styles.xml").map(|xml| styles(&xml)).unwrap_or_default();
    let (mut document, whole) = text(&main, &styles);
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = package.part(part) {
            document.notes.extend(text(&xml, &styles).0.notes);
        }
    }
    document.properties = properties(&mut package);
    let mut record = document.into_record(context, "a Word document that holds no text");
    if let Record::Article(article) = &mut record
        && !whole
    {
        article.problems.push("the document ends in the middle".to_string().into());
    }
    record
}

fn properties(package: &mut Package<'_>) -> Properties {
    let Some(xml) = package.part("docProps/core.xml") else { return Properties::default() };
    let fields = Fields::read(&xml);
    Properties {
        title: fields.get("title"),
        creator: fields.get("creator"),
        created: fields.get("created"),
        language: fields.get("language"),
    }
}

/// What the styles are, by their ids: the names of those that Word brings along are English in every
/// language.
fn styles(xml: &str) -> HashMap<String, Style> {
    struct Styles {
        id: Option<String>,
        found: HashMap<String, Style>,
    }
    impl Listener for Styles {
        fn start(&mut self, name: &str, tag: &Tag<'_>) {
            match name {
                "style" => self.id = tag.attribute("styleId"),
                "name" => {
                    if let (Some(id), Some(name)) = (self.id.take(), tag.attribute("val")) {
                        self.found.insert(id, style(&name));
                    }
                }
                _ => {}
            }
        }
        fn end(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut styles = Styles { id: None, found: HashMap::new() };
    listen(xml, &mut styles);
    styles.found
}

fn style(name: &str) -> Style {
    match name.to_lowercase().as_str() {
        "title" | "headline" | "hed" => Style::Title,
        "subtitle" | "subhead" | "deck" | "dek" | "standfirst" => Style::Subtitle,
        name if name.starts_with("heading ") => Style::Heading,
        _ => Style::Text,
    }
}

/// The text of a part, and whether the part is whole.
fn text(xml: &str, styles: &HashMap<String, Style>) -> (Document, bool) {
    let mut story = Story { builder: Builder::default(), styles, left_out: 0, in_text: false };
    let whole = listen(xml, &mut story);
    (story.builder.finish(), whole)
}

struct Story<'s> {
    builder: Builder,
    styles: &'s HashMap<String, Style>,
    /// How deep inside something that is left out.
    left_out: usize,
    in_text: bool,
}

impl Listener for Story<'_> {
    fn start(&mut self, name: &str, tag: &Tag<'_>) {
        if self.left_out > 0 || LEFT_OUT.contains(&name) {
            self.left_out += 1;
            return;
        }
        match name {
            "p" => self.builder.start_paragraph(Style::Text),
            "pStyle" => {
                let style = tag.attribute("val").and_then(|id| self.styles.get(&id).copied());
                self.builder.style(style.unwrap_or_default());
            }
            "t" => self.in_text = true,
            "tab" | "ptab" => self.builder.text("\t"),
            "br" | "cr" => self.builder.text("\n"),
            "noBreakHyphen" => self.builder.text("-"),
            "tr" => self.builder.start_row(),
            "tc" => self.builder.start_cell(),
            "footnote" | "endnote" if tag.attribute("type").is_some() => self.left_out = 1,
            "footnote" | "endnote" => {
                self.builder.start_note();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match name {
            "p" => self.builder.end_paragraph(),
            "t" => self.in_text = false,
            "tr" => self.builder.end_row(),
            "footnote" | "endnote" => self.builder.end_note(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.left_out == 0 {
            self.builder.text(text);
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
        Context { path: "a.docx", modified: None, latest: None, map: None, day_month: None }
    }

    fn document(body: &str) -> Vec<u8> {
        let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
        let core = "<cp:coreProperties><dc:title>Template of the desk</dc:title><dc:creator>Jo Ek</dc:creator>\
            <dcterms:created>2025-12-02T09:00:00Z</dcterms:created></cp:coreProperties>";
        let notes = "<w:footnotes><w:footnote w:type=\"separator\"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>\
            <w:footnote w:id=\"1\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
        package(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")),
            ("word/styles.xml", styles),
            ("word/footnotes.xml", notes),
            ("docProps/core.xml", core),
        ])
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn styled(style: &str, text: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
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
        let body = [
            p("Bridge closed"),
            p("By Ana Sousa"),
            p("30 November 2025"),
            p(BODY),
            p("It &amp; the &#8216;rest&#8217;."),
        ]
        .concat();
        let article = article(&document(&body));
        assert_eq!(
            (article.headline.as_str(), article.bylines.as_slice()),
            ("Bridge closed", &["By Ana Sousa".to_string()][..])
        );
        assert_eq!(article.date.unwrap().to_string(), "2025-11-30");
        assert_eq!(article.paragraphs, [BODY, "It & the ‘rest’.", "A note."]);
    }

    #[test]
    fn styles_properties_tables_and_boxes() {
        let row = |a: &str, b: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(a), p(b));
        let boxed = format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback>\
             <w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            p("In a box."),
            p("In a box.")
        );
        let changed = "<w:p><w:del><w:r><w:delText>Open</w:delText></w:r></w:del><w:ins><w:r><w:t>Shut</w:t></w:r></w:ins><w:r><w:t xml:space=\
            \"preserve\"> for</w:t><w:noBreakHyphen/><w:t>ever</w:t></w:r></w:p>";
        let table = format!("<w:tbl>{}{}</w:tbl>", row("Day", "Buses"), row("Monday", "12"));
        let body =
            [styled("Titel", "The bridge is closed"), p(BODY), changed.to_string(), table, boxed].concat();
        let article = article(&document(&body));
        assert_eq!(
            (article.headline.as_str(), article.bylines.as_slice()),
            ("The bridge is closed", &["Jo Ek".to_string()][..])
        );
        assert_eq!(article.date.unwrap().day.to_string(), "2025-12-02");
        assert_eq!(
            article.paragraphs,
            [BODY, "Shut for-ever", "Day | Buses", "Monday | 12", "In a box.", "A note."]
        );
    }

    #[test]
    fn broken_documents_say_what_is_wrong() {
        let whole = document(&p(BODY));
        assert!(matches!(read(cut(&whole), &context()), Record::Unreadable(_)));
        assert_eq!(
            read(&document(""), &context()),
            Record::Unreadable("a Word document that holds no text".into())
        );
        let without = package(&[("word/styles.xml", "<w:styles/>")]);
        assert_eq!(read(&without, &context()), Record::Unreadable("a Word document without its text".into()));
        let half = package(&[("word/document.xml", &format!("<w:document><w:body>{}<w:p><w:r>", p(BODY)))]);
        assert_eq!(article(&half).problems, ["the document ends in the middle"]);
        let deep = package(&[("word/document.xml", &"<w:tbl><w:tr><w:tc><w:p>".repeat(100_000))]);
        assert!(matches!(read(&deep, &context()), Record::Unreadable(_)));
    }
}
