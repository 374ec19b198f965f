//! The zip file that a word processor's document is: its parts, each unpacked up to a limit, and the events
//! of their XML.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::corpus::plain_text::entity;

/// The most that a part may unpack to, in bytes.
const LARGEST_PART: u64 = 64 << 20;

/// An opened document.
pub(super) struct Package<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        archive
            .map(Self)
            .map_err(|_| "the document breaks off or is damaged: it cannot be opened".to_string())
    }

    /// A part's text, as far as it can be unpacked; `None` where there is no such part.
    pub fn part(&mut self, name: &str) -> Option<String> {
        let part = self.0.by_name(name).ok()?;
        let mut bytes = Vec::new();
        let read = part.take(LARGEST_PART).read_to_end(&mut bytes);
        (read.is_ok() || !bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The first part whose name begins and ends like this.
    pub fn part_like(&mut self, start: &str, end: &str) -> Option<String> {
        let name =
            self.0.file_names().flatten().find(|n| n.starts_with(start) && n.ends_with(end))?.to_string();
        self.part(&name)
    }
}

/// What is told of a part's XML, in order; names are without their prefix.
pub(super) trait Listener {
    fn start(&mut self, name: &str, tag: &Tag<'_>);
    fn end(&mut self, name: &str);
    fn text(&mut self, text: &str);
}

/// The attributes of an element.
pub(super) struct Tag<'t>(&'t BytesStart<'t>);

impl Tag<'_> {
    /// An attribute's value by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found =
            self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        Some(entity::decode(&found.value).into_owned())
    }
}

/// Tells the listener what a part says. A part that breaks off is told as far as it goes; `false` then.
pub(super) fn listen(xml: &str, listener: &mut impl Listener) -> bool {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                listener.start(tag.local_name().as_ref(), &Tag(&tag));
            }
            Ok(Event::Empty(tag)) => {
                listener.start(tag.local_name().as_ref(), &Tag(&tag));
                listener.end(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                listener.end(tag.local_name().as_ref());
            }
            Ok(Event::Text(text)) => listener.text(&text.into_inner()),
            Ok(Event::CData(text)) => listener.text(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => {
                listener.text(&entity::decode(&format!("&{};", name.into_inner())))
            }
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Collects the texts of elements without children, by name: the properties of a document are such a list.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: String,
    found: Vec<(String, String)>,
}

impl Fields {
    pub fn read(xml: &str) -> Self {
        let mut fields = Self::default();
        listen(xml, &mut fields);
        fields
    }

    /// The text of the first element of a name, where it has some.
    pub fn get(&self, name: &str) -> Option<String> {
        let (_, text) = self.found.iter().find(|(n, text)| n == name && !text.is_empty())?;
        Some(text.clone())
    }
}

impl Listener for Fields {
    fn start(&mut self, _: &str, _: &Tag<'_>) {
        self.open.clear();
    }

    fn end(&mut self, name: &str) {
        let text = std::mem::take(&mut self.open);
        self.found.push((name.to_string(), text.trim().to_string()));
    }

    fn text(&mut self, text: &str) {
        self.open.push_str(text);
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use std::io::{Cursor, Write};

    /// A document of these parts.
    pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The first half of a document.
    pub fn cut(bytes: &[u8]) -> &[u8] {
        bytes.get(..bytes.len() / 2).unwrap()
    }
}
