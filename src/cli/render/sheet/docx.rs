//! The same for Word and others: Office Open XML (ECMA-376, part 1), as few parts as it can do with. However
//! much there is, only a line of it is held in memory.

use std::io::{self, Seek as _, Write};

use tempfile::SpooledTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::super::outcome::Failure;
use super::{Line, Marked, Sheet, escape, is_link, runs_left};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#;

/// By this the readers know what newsearch has written: see `corpus/format/own.rs`.
const APPLICATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>newsearch</Application></Properties>"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

const DOCUMENT_RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

const NAMESPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// Id, name, what it is based on, and what a paragraph and its letters look like.
const STYLES: &[(&str, &str, &str, &str)] = &[
    ("Title", "Title", r#"<w:spacing w:after="240"/>"#, r#"<w:b/><w:sz w:val="40"/>"#),
    (
        "Heading1",
        "heading 1",
        r#"<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>"#,
        r#"<w:b/><w:sz w:val="32"/>"#,
    ),
    (
        "Heading2",
        "heading 2",
        r#"<w:keepNext/><w:spacing w:before="360" w:after="60"/><w:outlineLvl w:val="1"/>"#,
        r#"<w:b/><w:sz w:val="28"/>"#,
    ),
    ("Entry", "Entry", r#"<w:spacing w:after="60"/>"#, ""),
    ("About", "About", r#"<w:spacing w:after="120"/>"#, r#"<w:color w:val="595959"/><w:sz w:val="20"/>"#),
    ("Quotation", "Quotation", r#"<w:spacing w:after="120"/><w:ind w:left="567"/>"#, ""),
    ("Citation", "Citation", r#"<w:spacing w:before="120" w:after="60"/>"#, r#"<w:sz w:val="20"/>"#),
    ("Source", "Source", r#"<w:spacing w:after="60"/>"#, r#"<w:color w:val="595959"/><w:sz w:val="18"/>"#),
    (
        "Doubt",
        "Doubt",
        r#"<w:spacing w:after="60"/>"#,
        r#"<w:i/><w:color w:val="595959"/><w:sz w:val="18"/>"#,
    ),
];

/// What is larger waits in a temporary file until it is whole: a package is not written from its beginning to
/// its end.
const MOST_IN_MEMORY: usize = 8 << 20;

pub struct Docx<'o> {
    out: &'o mut dyn Write,
    zip: Option<ZipWriter<SpooledTempFile>>,
    is_dossier: bool,
    language: Option<String>,
}

impl<'o> Docx<'o> {
    pub fn new(out: &'o mut dyn Write, is_dossier: bool) -> Result<Self, Failure> {
        let mut zip = ZipWriter::new(SpooledTempFile::new(MOST_IN_MEMORY));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let packed = SimpleFileOptions::default();
        let styles = styles();
        for (name, options, text) in [
            // As they are: what a file is, is told by its first bytes.
            ("[Content_Types].xml", stored, CONTENT_TYPES),
            ("docProps/app.xml", stored, APPLICATION),
            ("_rels/.rels", packed, RELATIONSHIPS),
            ("word/_rels/document.xml.rels", packed, DOCUMENT_RELATIONSHIPS),
            ("word/styles.xml", packed, &styles),
        ] {
            zip.start_file(name, options).map_err(io::Error::from)?;
            zip.write_all(text.as_bytes())?;
        }
        zip.start_file("word/document.xml", packed.large_file(true)).map_err(io::Error::from)?;
        Ok(Self { out, zip: Some(zip), is_dossier, language: None })
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        if let Some(zip) = &mut self.zip {
            zip.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    /// A paragraph: its style, what else it looks like, and its runs.
    fn paragraph(&mut self, style: &str, looks: &str, runs: &str) -> Result<(), Failure> {
        let direction = if runs_left(self.language.as_deref()) { "<w:bidi/>" } else { "" };
        // The order is that of the schema.
        let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
        self.write(&format!("<w:p><w:pPr>{style}{looks}{direction}</w:pPr>{runs}</w:p>\n"))
    }
}

fn styles() -> String {
    let mut styles = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Georgia\" w:hAnsi=\"Georgia\" w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
         <w:spacing w:after=\"160\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    );
    for (id, name, paragraph, run) in STYLES {
        styles.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        ));
    }
    styles.push_str("</w:styles>");
    styles
}

/// A run of letters that look alike.
fn run(text: &str, looks: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line))).collect();
    format!("<w:r><w:rPr>{looks}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}

fn runs(text: Marked<'_>) -> String {
    let mark = "<w:b/><w:highlight w:val=\"yellow\"/>";
    text.pieces().map(|(piece, marked)| run(piece, if marked { mark } else { "" })).collect()
}

impl Sheet for Docx<'_> {
    fn begin(&mut self, title: &str) -> Result<(), Failure> {
        self.write(&format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACE}><w:body>\n"
        ))?;
        self.paragraph("Title", "", &run(title, ""))
    }

    fn fact(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        let runs = run(&format!("{name}: "), "<w:b/>") + &run(text, "");
        self.paragraph("Entry", "", &runs)
    }

    fn heading(&mut self, text: &str) -> Result<(), Failure> {
        self.language = None;
        self.paragraph("Heading1", "", &run(text, ""))
    }

    fn entry(&mut self, number: usize, title: &str, about: &str) -> Result<(), Failure> {
        let gap = if about.is_empty() { "" } else { " · " };
        let runs = format!(
            "<w:hyperlink w:anchor=\"a{number}\">{}</w:hyperlink>{}",
            run(&format!("{number}. {title}"), "<w:u w:val=\"single\"/>"),
            run(&format!("{gap}{about}"), "<w:color w:val=\"595959\"/>")
        );
        self.paragraph("Entry", "", &runs)
    }

    fn article(&mut self, number: usize, title: Marked<'_>, language: Option<&str>) -> Result<(), Failure> {
        self.language = language.map(str::to_owned);
        let break_before = if self.is_dossier { "<w:pageBreakBefore/>" } else { "" };
        let runs = format!(
            "<w:bookmarkStart w:id=\"{number}\" w:name=\"a{number}\"/>{}{}<w:bookmarkEnd w:id=\"{number}\"/>",
            run(&format!("{number}. "), ""),
            runs(title)
        );
        self.paragraph("Heading2", break_before, &runs)
    }

    fn line(&mut self, line: Line, text: Marked<'_>) -> Result<(), Failure> {
        let runs = runs(text);
        match line {
            Line::Paragraph(number) => {
                let number = run(&format!("{number}  "), "<w:color w:val=\"8c8c8c\"/><w:sz w:val=\"16\"/>");
                self.paragraph("", "", &(number + &runs))
            }
            Line::Quote => self.paragraph("Quotation", "", &runs),
            Line::About => self.paragraph("About", "", &runs),
            Line::Citation => self.paragraph("Citation", "", &runs),
            Line::Source => self.paragraph("Source", "", &runs),
            Line::Doubt => self.paragraph("Doubt", "", &runs),
        }
    }

    fn address(&mut self, url: &str) -> Result<(), Failure> {
        let shown = run(url, "<w:u w:val=\"single\"/>");
        let is_plain = is_link(url)
            && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"\\".contains(c));
        let runs = match is_plain {
            true => format!(
                "<w:fldSimple w:instr=\" HYPERLINK &quot;{}&quot; \">{shown}</w:fldSimple>",
                escape(url)
            ),
            false => shown,
        };
        self.paragraph("Source", "", &runs)
    }

    fn end(&mut self) -> Result<(), Failure> {
        self.write("<w:sectPr><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n")?;
        let Some(zip) = self.zip.take() else { return Ok(()) };
        let mut file = zip.finish().map_err(io::Error::from)?;
        file.rewind()?;
        io::copy(&mut file, &mut self.out)?;
        Ok(())
    }
}
