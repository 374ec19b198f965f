//! Rich Text Format → the article: text, tables row by row, footnotes below; no headers, footers, pictures
//! and hidden text.

mod control;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::document::{Builder, Document, Style};
use crate::corpus::{Context, Record};
use control::{Control, Token, Tokens};

/// Groups inside one another deeper than this are read as part of the one at this depth.
const DEEPEST: usize = 1000;

/// Whether bytes begin as RTF does.
pub(crate) fn is_rtf(head: &[u8]) -> bool {
    head.starts_with(b"{\\rtf")
}

/// Reads a document.
pub fn read(bytes: &[u8], context: &Context<'_>) -> Record {
    let mut reader = Reader::default();
    for token in Tokens::new(bytes) {
        reader.take(token);
    }
    let whole = reader.groups.is_empty();
    let mut record = reader.finish().into_record(context, "an RTF document that holds no text");
    if let Record::Article(article) = &mut record
        && !whole
    {
        article.problems.push("the document ends in the middle".to_string().into());
    }
    record
}

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Destination {
    #[default]
    Body,
    Note,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
    Created,
    Nowhere,
}

/// What holds inside a group.
#[derive(Debug, Clone, Copy)]
struct Group {
    destination: Destination,
    encoding: &'static Encoding,
    /// How many characters stand for one in Unicode, for programs that know none.
    fallback: usize,
    hidden: bool,
}

impl Default for Group {
    fn default() -> Self {
        Self { destination: Destination::Body, encoding: WINDOWS_1252, fallback: 1, hidden: false }
    }
}

#[derive(Debug)]
struct Reader {
    builder: Builder,
    groups: Vec<Group>,
    too_deep: usize,
    now: Group,
    usual: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    styles: HashMap<i32, Style>,
    /// The font or style that is being declared.
    declared: i32,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    /// The text of a field of the head.
    field: String,
    title: String,
    author: String,
    created: [i32; 3],
    /// Characters of the fallback that are still to be passed over.
    pass_over: usize,
    /// The first half of a character outside the basic plane.
    surrogate: Option<u16>,
    in_table: bool,
    in_row: bool,
    ignorable: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            builder: Builder::default(),
            groups: Vec::new(),
            too_deep: 0,
            now: Group::default(),
            usual: WINDOWS_1252,
            fonts: HashMap::new(),
            styles: HashMap::new(),
            declared: 0,
            bytes: Vec::new(),
            field: String::new(),
            title: String::new(),
            author: String::new(),
            created: [0; 3],
            pass_over: 0,
            surrogate: None,
            in_table: false,
            in_row: false,
            ignorable: false,
        }
    }
}

impl Reader {
    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open if self.groups.len() >= DEEPEST => self.too_deep += 1,
            Token::Open => {
                self.flush();
                self.groups.push(self.now);
                self.pass_over = 0;
            }
            Token::Close if self.too_deep > 0 => self.too_deep -= 1,
            Token::Close => self.close(),
            Token::Ignorable => self.ignorable = true,
            Token::Byte(byte) => self.byte(byte),
            Token::Control(control) => self.control(&control),
        }
    }

    fn close(&mut self) {
        self.flush();
        self.pass_over = 0;
        let ended = self.now;
        let Some(before) = self.groups.pop() else { return };
        self.now = before;
        if ended.destination == before.destination {
            return;
        }
        match ended.destination {
            Destination::Note => self.builder.end_note(),
            Destination::Title => self.title = std::mem::take(&mut self.field),
            Destination::Author => self.author = std::mem::take(&mut self.field),
            _ => self.field.clear(),
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.pass_over > 0 {
            self.pass_over -= 1;
            return;
        }
        // A declaration ends with a semicolon.
        if byte == b';' && self.now.destination == Destination::Styles {
            self.flush();
            let name = std::mem::take(&mut self.field);
            self.styles.insert(self.declared, style(name.trim()));
            return;
        }
        self.bytes.push(byte);
    }

    /// Decodes the bytes that wait, and puts them where text goes.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (text, _) = self.now.encoding.decode_without_bom_handling(&bytes);
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        match self.now.destination {
            Destination::Body | Destination::Note if !self.now.hidden => self.builder.text(text),
            Destination::Title | Destination::Author | Destination::Styles => self.field.push_str(text),
            _ => {}
        }
    }

    fn character(&mut self, text: &str) {
        self.flush();
        self.text(text);
    }

    fn control(&mut self, control: &Control<'_>) {
        let ignorable = std::mem::take(&mut self.ignorable);
        if let Some(byte) = control.byte {
            return self.byte(byte);
        }
        self.flush();
        if self.destination(control, ignorable) || self.now.destination == Destination::Nowhere {
            return;
        }
        let number = control.number;
        match control.word {
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.now.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "ansicpg" => {
                self.usual = control::code_page(number.unwrap_or_default()).unwrap_or(WINDOWS_1252);
                self.now.encoding = self.usual;
            }
            "mac" => self.now.encoding = encoding_rs::MACINTOSH,
            "f" if self.now.destination == Destination::Fonts => self.declared = number.unwrap_or_default(),
            "f" => {
                let font = self.fonts.get(&number.unwrap_or_default());
                self.now.encoding = font.copied().unwrap_or(self.usual);
            }
            "fcharset" if self.now.destination == Destination::Fonts => {
                if let Some(encoding) = control::character_set(number.unwrap_or_default()) {
                    self.fonts.insert(self.declared, encoding);
                }
            }
            "s" if self.now.destination == Destination::Styles => self.declared = number.unwrap_or_default(),
            "yr" | "mo" | "dy" if self.now.destination == Destination::Created => {
                let place =
                    ["yr", "mo", "dy"].iter().position(|word| *word == control.word).unwrap_or_default();
                if let Some(part) = self.created.get_mut(place) {
                    *part = number.unwrap_or_default();
                }
            }
            "plain" => {
                self.now.hidden = false;
                self.now.encoding = self.usual;
            }
            "v" | "deleted" => self.now.hidden = number != Some(0),
            _ if matches!(self.now.destination, Destination::Body | Destination::Note) => {
                self.layout(control)
            }
            _ => {}
        }
    }

    /// Whether a word says where the text of its group goes.
    fn destination(&mut self, control: &Control<'_>, ignorable: bool) -> bool {
        self.now.destination = match control.word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::Info,
            "title" if self.now.destination == Destination::Info => Destination::Title,
            "author" if self.now.destination == Destination::Info => Destination::Author,
            "creatim" if self.now.destination == Destination::Info => Destination::Created,
            "footnote" if self.now.destination == Destination::Body => {
                self.builder.start_note();
                Destination::Note
            }
            "colortbl" | "pict" | "object" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" | "annotation" | "fldinst" | "listtext" | "filetbl"
            | "nonshppict" | "tc" | "xe" => Destination::Nowhere,
            "shptxt" => return true,
            _ if ignorable && control.word != "shppict" && control.word != "shpinst" => Destination::Nowhere,
            _ => return false,
        };
        true
    }

    fn unicode(&mut self, number: i32) {
        self.pass_over = self.now.fallback;
        let unit = (number & 0xffff) as u16;
        let pair = self.surrogate.take().map_or(vec![unit], |first| vec![first, unit]);
        if pair.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        self.text(&String::from_utf16_lossy(&pair));
    }

    fn layout(&mut self, control: &Control<'_>) {
        match control.word {
            "par" | "sect" | "page" => {
                self.start_row_of_table();
                self.builder.end_paragraph();
            }
            "line" => self.character("\n"),
            "tab" => self.character("\t"),
            "pard" => {
                self.in_table = false;
                self.builder.style(Style::Text);
            }
            "s" => {
                let style = self.styles.get(&control.number.unwrap_or_default()).copied().unwrap_or_default();
                self.builder.text("");
                self.builder.style(style);
            }
            "intbl" => self.in_table = true,
            "cell" | "nestcell" => {
                self.in_table = true;
                self.start_row_of_table();
                self.builder.end_paragraph();
                self.builder.start_cell();
            }
            "row" | "nestrow" if self.in_row => {
                self.builder.end_row();
                self.in_row = false;
            }
            _ => {
                if let Some(text) = control::special(control.word) {
                    self.character(text);
                }
            }
        }
    }

    fn start_row_of_table(&mut self) {
        if self.in_table && !self.in_row {
            self.in_row = true;
            self.builder.start_row();
        }
    }

    fn finish(mut self) -> Document {
        self.flush();
        let mut document = self.builder.finish();
        let [year, month, day] = self.created;
        document.properties.title = Some(self.title).filter(|title| !title.trim().is_empty());
        document.properties.creator = Some(self.author).filter(|author| !author.trim().is_empty());
        document.properties.created = (year > 0).then(|| format!("{year:04}-{month:02}-{day:02}"));
        document
    }
}

fn style(name: &str) -> Style {
    match name.to_lowercase().as_str() {
        "title" | "headline" => Style::Title,
        "subtitle" => Style::Subtitle,
        name if name.starts_with("heading ") => Style::Heading,
        _ => Style::Text,
    }
}
