//! A font of a PDF: what its codes stand for and how wide they are.

use std::collections::HashMap;

use encoding_rs::Encoding;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::cmap::CMap;
use super::encoding::{self, Base};
use super::stream;

/// Widths of the printable ASCII characters of the fonts that every reader has, in thousandths of the size.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The most codes whose widths are kept.
const MOST_WIDTHS: usize = 100_000;

/// How a font's strings are taken apart.
#[derive(Debug)]
enum Codes {
    /// A code a byte, with what each stands for.
    Bytes(Vec<Option<String>>),
    /// So many bytes a code; only `ToUnicode` tells what they stand for.
    Wide(usize),
    /// UTF-16.
    Utf16,
    /// An old encoding of East Asia.
    Legacy(&'static Encoding),
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    to_unicode: CMap,
    widths: HashMap<u32, f32>,
    default_width: f32,
}

/// A character as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    /// Its text; `None` where the font does not say.
    pub text: Option<String>,
    /// Its width, in units of the size.
    pub width: f32,
    /// Whether it is the byte 32, to which word spacing applies.
    pub is_blank: bool,
}

impl Font {
    pub fn read(dict: &Dict<'_>) -> Self {
        let to_unicode =
            dict.get::<Stream<'_>>("ToUnicode").and_then(|s| Some(CMap::parse(&stream::content(&s)?)));
        let to_unicode = to_unicode.unwrap_or_default();
        if name(dict, "Subtype") == "Type0" {
            return Self::composite(dict, to_unicode);
        }
        let (widths, default_width) = simple_widths(dict);
        Self { codes: Codes::Bytes(simple_codes(dict)), to_unicode, widths, default_width }
    }

    fn composite(dict: &Dict<'_>, to_unicode: CMap) -> Self {
        let descendant =
            dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let (widths, default_width) =
            descendant.map_or((HashMap::new(), 1.0), |font| composite_widths(&font));
        let encoding = name(dict, "Encoding");
        let legacy = [
            ("RKSJ", "shift_jis"),
            ("GBK", "gb18030"),
            ("GB-EUC", "gb18030"),
            ("B5", "big5"),
            ("KSC", "euc-kr"),
            ("EUC-", "euc-jp"),
        ];
        let codes = if encoding.contains("UTF16") || encoding.contains("UCS2") {
            Codes::Utf16
        } else if let Some((_, label)) = legacy.iter().find(|(part, _)| encoding.contains(part)) {
            Encoding::for_label(label.as_bytes()).map_or(Codes::Wide(2), Codes::Legacy)
        } else {
            Codes::Wide(to_unicode.code_length.filter(|_| !encoding.starts_with("Identity")).unwrap_or(2))
        };
        Self { codes, to_unicode, widths, default_width }
    }

    /// What a string draws.
    pub fn draw(&self, bytes: &[u8]) -> Vec<Drawn> {
        if let Codes::Legacy(encoding) = self.codes
            && self.to_unicode.is_empty()
        {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let width = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
            return text
                .chars()
                .map(|c| Drawn { text: Some(c.to_string()), width: width(c), is_blank: false })
                .collect();
        }
        let length = match self.codes {
            Codes::Bytes(_) => 1,
            Codes::Wide(length) => length,
            Codes::Utf16 | Codes::Legacy(_) => 2,
        };
        bytes.chunks(length.max(1)).map(|code| self.drawn(code)).collect()
    }

    fn drawn(&self, bytes: &[u8]) -> Drawn {
        let code = bytes.iter().fold(0, |n, b| n << 8 | u32::from(*b));
        let known =
            self.to_unicode.get(code).filter(|text| text.chars().any(|c| c != '\0' && c != '\u{fffd}'));
        let text = known.map(str::to_owned).or_else(|| match &self.codes {
            Codes::Bytes(texts) => texts.get(code as usize).cloned().flatten(),
            Codes::Utf16 => char::from_u32(code).map(String::from),
            Codes::Wide(_) | Codes::Legacy(_) => None,
        });
        let width = self.widths.get(&code).copied().unwrap_or(self.default_width);
        Drawn { text, width, is_blank: bytes == b" " }
    }
}

fn name(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_string()).unwrap_or_default()
}

/// What the codes of a font of at most 256 characters stand for.
fn simple_codes(dict: &Dict<'_>) -> Vec<Option<String>> {
    let base = |name: &str| match name {
        "WinAnsiEncoding" => Some(Base::WinAnsi),
        "MacRomanEncoding" => Some(Base::MacRoman),
        "StandardEncoding" => Some(Base::Standard),
        _ => None,
    };
    let usual = if name(dict, "Subtype") == "TrueType" { Base::WinAnsi } else { Base::Standard };
    let encoding = dict.get::<Dict<'_>>("Encoding");
    let named = base(&name(dict, "Encoding")).or_else(|| base(&name(encoding.as_ref()?, "BaseEncoding")));
    let base = named.unwrap_or(usual);
    let mut codes: Vec<Option<String>> = (0..=255).map(|code| encoding::character(base, code)).collect();
    let differences = encoding.and_then(|encoding| encoding.get::<Array<'_>>("Differences"));
    let mut code = 0usize;
    for item in differences.iter().flat_map(|list| list.iter::<Object<'_>>()).take(1024) {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(place) = codes.get_mut(code) {
                    *place = encoding::glyph(name.as_str());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    codes
}

fn simple_widths(dict: &Dict<'_>) -> (HashMap<u32, f32>, f32) {
    let unit = match name(dict, "Subtype").as_str() {
        "Type3" => dict.get::<Array<'_>>("FontMatrix").and_then(|m| m.iter::<f32>().next()).unwrap_or(0.001),
        _ => 0.001,
    };
    let first = dict.get::<i32>("FirstChar").and_then(|first| u32::try_from(first).ok()).unwrap_or_default();
    if let Some(widths) = dict.get::<Array<'_>>("Widths") {
        let widths =
            widths.iter::<f32>().take(256).zip(first..).map(|(width, code)| (code, width * unit)).collect();
        let missing = dict.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<f32>("MissingWidth"));
        return (widths, missing.unwrap_or(0.0) * unit);
    }
    let font = name(dict, "BaseFont");
    if font.contains("Courier") {
        return (HashMap::new(), 0.6);
    }
    let table = if font.contains("Times") { &TIMES } else { &HELVETICA };
    let bold = if font.contains("Bold") { 1.06 } else { 1.0 };
    (table.iter().zip(32u32..).map(|(width, code)| (code, f32::from(*width) * 0.001 * bold)).collect(), 0.5)
}

/// `W` lists widths one by one from a code on, or one width for all codes of a range.
fn composite_widths(font: &Dict<'_>) -> (HashMap<u32, f32>, f32) {
    let default = font.get::<f32>("DW").unwrap_or(1000.0) * 0.001;
    let mut widths = HashMap::new();
    let Some(list) = font.get::<Array<'_>>("W") else { return (widths, default) };
    let mut items = list.iter::<Object<'_>>();
    while let (Some(Object::Number(first)), Some(second)) = (items.next(), items.next()) {
        let first = u32::try_from(first.as_i64()).unwrap_or_default();
        let room = MOST_WIDTHS.saturating_sub(widths.len());
        match second {
            Object::Array(each) => {
                widths.extend(
                    each.iter::<f32>().zip(first..).take(room).map(|(width, code)| (code, width * 0.001)),
                );
            }
            Object::Number(last) => {
                let last = u32::try_from(last.as_i64()).unwrap_or_default();
                let Some(Object::Number(width)) = items.next() else { break };
                widths.extend((first..=last).take(room).map(|code| (code, width.as_f32() * 0.001)));
            }
            _ => break,
        }
    }
    (widths, default)
}
