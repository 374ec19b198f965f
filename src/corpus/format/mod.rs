//! How formats are read: `FORMATS` has one row for each, and each reader its own file.
//!
//! How a format is added is in `docs/adding-a-format.md`.

pub mod csv;
pub mod detect;
mod document;
pub mod docx;
pub mod export;
pub mod html;
pub mod json;
pub mod mail;
pub mod markdown;
pub mod mhtml;
pub mod odt;
mod own;
mod package;
pub mod pdf;
pub mod rtf;
pub mod sgml;
mod sniff;
pub mod text;
pub mod wire;
pub mod xml;

use export::{factiva, nexis, proquest};
use sniff::Start;

use super::records::delimiter::Delimiter;
use super::{Context, Record};
use crate::article::Format;

/// How a format is told, cut and read.
#[derive(Debug)]
pub(crate) struct FormatRow {
    pub format: Format,
    /// The endings of names that promise it.
    pub endings: &'static str,
    /// What these endings promise, as it is said of a file that is damaged.
    pub promise: &'static str,
    /// How its files are told from others.
    pub told: Told,
    /// Whether a text with one of the endings may be of it, though nothing has told it.
    pub may_be: fn(&str) -> bool,
    /// How its files are cut into pieces.
    pub framing: Framing,
    /// What reads a piece.
    pub reader: Reader,
    /// Whether a file of it is a text that anybody may have written, of anything: nothing in it says that it
    /// is an article.
    pub is_prose: bool,
    /// The row of `docs/formats.md` that says what is taken from it.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the page against it"))]
    pub docs: &'static str,
}

/// How a format is told.
#[derive(Debug)]
pub(crate) enum Told {
    /// By bytes that only its files begin with.
    Bytes(fn(&[u8]) -> bool),
    /// By the part of an Office Open XML package (ECMA-376, part 2) that its text lies in.
    Part(&'static [u8]),
    /// By the media type that an OpenDocument package begins with (OpenDocument 1.3, part 2, 3.3).
    MediaType(&'static [u8]),
    /// By how its text begins: the format that this proves.
    Text(fn(&Start<'_>) -> Option<Format>),
    /// By the same look as the format in the row above.
    AsAbove,
    /// By its name, or because nothing else is known.
    Name,
}

impl Told {
    /// Whether a file of it is told as text.
    pub fn is_by_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::AsAbove | Self::Name)
    }
}

/// How files are cut into pieces of whole records.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Framing {
    /// A file is one piece.
    Whole,
    /// At line ends.
    Lines,
    /// At the ends of a table's rows.
    Rows,
    /// At what stands between documents.
    Delimited(Delimiter),
    /// At what stands between messages, where there are several.
    Mailbox,
    /// Between the elements of a list, where the document is large.
    Elements,
}

/// What reads a piece of a file, and how many records it has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader {
    /// One record of a text.
    Text(fn(&str, &Context<'_>) -> Record),
    /// Many records of a text.
    Records(fn(&str, &Context<'_>) -> Vec<Record>),
    /// The same line by line: too many lines are cut.
    ByLine(fn(&str, &Context<'_>) -> Vec<Record>),
    /// One record of bytes with a structure of their own, not a text in one encoding.
    Bytes(fn(&[u8], &Context<'_>) -> Record),
    /// Many records of such bytes.
    BytesOfMany(fn(&[u8], &Context<'_>) -> Vec<Record>),
}

impl FormatRow {
    /// Whether a file of it is bytes with a structure of their own, not text in one encoding.
    pub fn is_binary(&self) -> bool {
        matches!(self.reader, Reader::Bytes(_) | Reader::BytesOfMany(_))
    }

    /// The records of a piece: of its text, or of its bytes.
    pub fn read(&self, bytes: &[u8], text: &str, context: &Context<'_>) -> Vec<Record> {
        match self.reader {
            Reader::Text(read) => vec![read(text, context)],
            Reader::Records(read) | Reader::ByLine(read) => read(text, context),
            Reader::Bytes(read) => vec![read(bytes, context)],
            Reader::BytesOfMany(read) => read(bytes, context),
        }
    }
}

/// What most formats are.
const TEXT: FormatRow = FormatRow {
    format: Format::Text,
    endings: "",
    promise: "text",
    told: Told::Name,
    may_be: |_| true,
    framing: Framing::Whole,
    reader: Reader::Text(text::read),
    is_prose: false,
    docs: "",
};

const OFFICE_DOCS: &str = "Word `.docx`, OpenDocument `.odt`, RTF";
const EXPORT_DOCS: &str = "Nexis, Factiva, ProQuest text exports";
const XML_DOCS: &str = "NITF, NewsML, JATS, plain XML";
const JSON_DOCS: &str = "JSON, JSON Lines";

fn has_tag(text: &str) -> bool {
    text.contains('<')
}

/// Every format, in the order in which a text is asked whether it is of them.
///
/// What is packed is no format: `detect` tells it, and `corpus/bundle.rs` opens it. So does it with mail, for
/// what is attached.
pub(crate) static FORMATS: &[FormatRow] = &[
    FormatRow {
        format: Format::Sgml,
        endings: "sgm sgml trec trectext",
        told: Told::Text(sgml::sniff),
        may_be: has_tag,
        framing: Framing::Delimited(sgml::DELIMITER),
        reader: Reader::Records(sgml::read),
        docs: "Reuters-21578 SGML",
        ..TEXT
    },
    FormatRow {
        format: Format::Wire,
        told: Told::Text(wire::starts::sniff),
        framing: Framing::Delimited(wire::starts::DELIMITER),
        reader: Reader::ByLine(wire::read),
        docs: "wire text: ANPA 1312, IPTC 7901",
        ..TEXT
    },
    FormatRow {
        format: Format::Nexis,
        told: Told::Text(nexis::sniff),
        framing: Framing::Delimited(nexis::DELIMITER),
        reader: Reader::ByLine(nexis::read),
        docs: EXPORT_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Proquest,
        told: Told::Text(proquest::sniff),
        framing: Framing::Delimited(proquest::DELIMITER),
        reader: Reader::ByLine(proquest::read),
        docs: EXPORT_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Factiva,
        told: Told::Text(factiva::sniff),
        framing: Framing::Delimited(factiva::DELIMITER),
        reader: Reader::ByLine(factiva::read),
        docs: EXPORT_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Html,
        endings: "html htm xhtml shtml",
        told: Told::Text(html::sniff),
        may_be: has_tag,
        reader: Reader::Text(html::read),
        is_prose: true,
        docs: "HTML",
        ..TEXT
    },
    FormatRow {
        format: Format::Mail,
        endings: "eml mbox mbx mail",
        told: Told::Text(mail::mailbox::sniff),
        may_be: |_| false,
        framing: Framing::Mailbox,
        reader: Reader::BytesOfMany(mail::read),
        docs: "mail `.eml`, mbox, Maildir",
        ..TEXT
    },
    FormatRow {
        format: Format::Mhtml,
        endings: "mht mhtml",
        told: Told::AsAbove,
        may_be: |_| false,
        reader: Reader::Bytes(mhtml::read),
        docs: "saved pages `.mht`, `.mhtml`",
        ..TEXT
    },
    FormatRow {
        format: Format::Xml,
        endings: "xml jats nxml",
        told: Told::Text(xml::sniff),
        may_be: has_tag,
        reader: Reader::Records(xml::read),
        docs: XML_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Nitf,
        endings: "nitf",
        told: Told::AsAbove,
        may_be: has_tag,
        reader: Reader::Records(xml::read),
        docs: XML_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Newsml,
        told: Told::AsAbove,
        reader: Reader::Records(xml::read),
        docs: XML_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Feed,
        endings: "rss atom",
        told: Told::AsAbove,
        may_be: has_tag,
        reader: Reader::Records(xml::read),
        docs: "RSS, Atom, WordPress export",
        ..TEXT
    },
    FormatRow {
        format: Format::Json,
        endings: "json",
        told: Told::Text(json::sniff),
        may_be: |text| text.starts_with(['{', '[', '"']),
        framing: Framing::Elements,
        reader: Reader::Records(json::read),
        docs: JSON_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Jsonl,
        endings: "jsonl ndjson jl jsonlines",
        told: Told::AsAbove,
        framing: Framing::Lines,
        reader: Reader::Records(json::read_lines),
        docs: JSON_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Markdown,
        endings: "md markdown mdown mkd",
        told: Told::Text(markdown::sniff),
        reader: Reader::Text(markdown::read),
        is_prose: true,
        docs: "Markdown `.md`",
        ..TEXT
    },
    FormatRow {
        format: Format::Csv,
        endings: "csv tsv",
        framing: Framing::Rows,
        reader: Reader::Records(csv::read),
        docs: "CSV, TSV with a header row",
        ..TEXT
    },
    FormatRow {
        format: Format::Docx,
        endings: "docx",
        promise: "Word document",
        told: Told::Part(b"word/"),
        reader: Reader::Bytes(docx::read),
        is_prose: true,
        docs: OFFICE_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Odt,
        endings: "odt",
        promise: "OpenDocument text",
        told: Told::MediaType(b"application/vnd.oasis.opendocument.text"),
        reader: Reader::Bytes(odt::read),
        is_prose: true,
        docs: OFFICE_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Rtf,
        endings: "rtf",
        promise: "RTF document",
        told: Told::Bytes(rtf::is_rtf),
        reader: Reader::Bytes(rtf::read),
        is_prose: true,
        docs: OFFICE_DOCS,
        ..TEXT
    },
    FormatRow {
        format: Format::Pdf,
        endings: "pdf",
        promise: "PDF",
        told: Told::Bytes(pdf::is_pdf),
        reader: Reader::Bytes(pdf::read),
        is_prose: true,
        docs: "PDF with text",
        ..TEXT
    },
    FormatRow { endings: "txt text asc story wire", is_prose: true, docs: "plain text `.txt`", ..TEXT },
];

/// What is known of a format.
pub(crate) fn row_of(format: Format) -> &'static FormatRow {
    FORMATS.iter().find(|row| row.format == format).unwrap_or(&TEXT_ROW)
}

static TEXT_ROW: FormatRow = TEXT;

#[cfg(test)]
mod tests;
