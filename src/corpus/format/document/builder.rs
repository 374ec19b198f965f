//! What a word processor's file says piece by piece (text, ends of paragraphs, rows of tables, notes) → a
//! document.

use super::{Document, Paragraph, Style};
use crate::corpus::plain_text::budget::MOST_PARAGRAPHS;

/// Paragraphs, rows and notes inside one another deeper than this are read as part of the ones above.
const DEEPEST: usize = 64;

/// A table's cell with more text (bytes) is a column of prose.
const LONGEST_CELL: usize = 200;

/// What stands behind so many cells of a row is part of the last one.
const MOST_CELLS: usize = 10_000;

/// Puts a paragraph behind the others; where there are too many, its text behind the last one's.
fn add(paragraphs: &mut Vec<Paragraph>, paragraph: Paragraph) {
    if paragraphs.len() < MOST_PARAGRAPHS {
        paragraphs.push(paragraph);
    } else if let Some(last) = paragraphs.last_mut().filter(|_| !paragraph.text.is_empty()) {
        last.text.push('\n');
        last.text.push_str(&paragraph.text);
    }
}

/// Where paragraphs go when they end.
#[derive(Debug)]
enum Place {
    /// A row of a table: its cells, each with its paragraphs.
    Row(Vec<Vec<Paragraph>>),
    /// A note: its paragraphs, and how many were open around it.
    Note(Vec<Paragraph>, usize),
}

/// Takes pieces and puts them together.
#[derive(Debug, Default)]
pub(in super::super) struct Builder {
    document: Document,
    places: Vec<Place>,
    open: Vec<Paragraph>,
    /// How many rows and notes were opened too deep.
    too_deep: usize,
}

impl Builder {
    /// A text box is a paragraph inside a paragraph.
    pub fn start_paragraph(&mut self, style: Style) {
        if self.open.len() < DEEPEST {
            self.open.push(Paragraph { text: String::new(), style });
        }
    }

    pub fn style(&mut self, style: Style) {
        if let Some(open) = self.open.last_mut() {
            open.style = style;
        }
    }

    /// Text outside a paragraph opens one.
    pub fn text(&mut self, text: &str) {
        if self.open.len() <= self.floor() {
            self.start_paragraph(Style::default());
        }
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    /// Ends the paragraph; inside a note never the one around it.
    pub fn end_paragraph(&mut self) {
        if self.open.len() > self.floor()
            && let Some(paragraph) = self.open.pop()
        {
            self.put(paragraph);
        }
    }

    fn floor(&self) -> usize {
        let note = self.places.iter().rev().find_map(|place| match place {
            Place::Note(_, around) => Some(*around),
            Place::Row(_) => None,
        });
        note.unwrap_or_default()
    }

    fn put(&mut self, paragraph: Paragraph) {
        match self.places.last_mut() {
            None => add(&mut self.document.paragraphs, paragraph),
            Some(Place::Note(paragraphs, _)) => add(paragraphs, paragraph),
            Some(Place::Row(cells)) => {
                if cells.is_empty() {
                    cells.push(Vec::new());
                }
                if let Some(cell) = cells.last_mut().filter(|_| !paragraph.text.trim().is_empty()) {
                    add(cell, paragraph);
                }
            }
        }
    }

    pub fn start_row(&mut self) {
        self.enter(Place::Row(Vec::new()));
    }

    pub fn start_cell(&mut self) {
        if let Some(Place::Row(cells)) = self.places.last_mut()
            && cells.len() < MOST_CELLS
        {
            cells.push(Vec::new());
        }
    }

    /// A row is one line, unless it is how the page was laid out.
    pub fn end_row(&mut self) {
        let Some(Place::Row(cells)) = self.leave() else { return };
        let mut cells: Vec<Vec<Paragraph>> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let prose =
            cells.iter().any(|cell| cell.len() > 1 || cell.iter().any(|p| p.text.len() > LONGEST_CELL));
        if prose || cells.len() == 1 {
            cells.drain(..).flatten().for_each(|paragraph| self.put(paragraph));
            return;
        }
        let texts: Vec<String> = cells.into_iter().flatten().map(|p| p.text.trim().to_string()).collect();
        // `Headline:` in the first column is what the second is.
        let labelled = texts.len() == 2 && texts.first().is_some_and(|label| label.ends_with(':'));
        let text = texts.join(if labelled { " " } else { " | " });
        if !text.is_empty() {
            self.put(Paragraph { text, style: Style::Text });
        }
    }

    pub fn start_note(&mut self) {
        self.enter(Place::Note(Vec::new(), self.open.len()));
    }

    pub fn end_note(&mut self) {
        while self.too_deep == 0 && self.open.len() > self.floor() {
            self.end_paragraph();
        }
        let Some(Place::Note(paragraphs, _)) = self.leave() else { return };
        let texts: Vec<String> =
            paragraphs.into_iter().map(|p| p.text).filter(|t| !t.trim().is_empty()).collect();
        if !texts.is_empty() {
            self.document.notes.push(texts.join(" "));
        }
    }

    fn enter(&mut self, place: Place) {
        if self.places.len() < DEEPEST {
            self.places.push(place);
        } else {
            self.too_deep += 1;
        }
    }

    fn leave(&mut self) -> Option<Place> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        self.places.pop()
    }

    /// The document, with what was still open when the file ended.
    pub fn finish(mut self) -> Document {
        while let Some(place) = self.places.last() {
            match place {
                Place::Row(_) => {
                    self.end_paragraph();
                    self.end_row();
                }
                Place::Note(..) => self.end_note(),
            }
        }
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        self.document
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    fn row(builder: &mut Builder, cells: &[&[&str]]) {
        builder.start_row();
        for cell in cells {
            builder.start_cell();
            for text in *cell {
                builder.start_paragraph(Style::Text);
                builder.text(text);
                builder.end_paragraph();
            }
        }
        builder.end_row();
    }

    fn texts(document: &Document) -> Vec<&str> {
        document.paragraphs.iter().map(|p| p.text.as_str()).collect()
    }

    #[test]
    fn rows_are_lines_and_layout_is_prose() {
        let mut builder = Builder::default();
        row(&mut builder, &[&["Headline:"], &["Bridge closed"]]);
        row(&mut builder, &[&["Goals"], &[], &["3"], &["1"]]);
        row(&mut builder, &[&["One.", "Two."], &["Three."]]);
        let document = builder.finish();
        assert_eq!(texts(&document), ["Headline: Bridge closed", "Goals | 3 | 1", "One.", "Two.", "Three."]);
    }

    #[test]
    fn what_is_open_at_the_end_is_kept_and_depth_is_bounded() {
        let mut builder = Builder::default();
        for _ in 0..1000 {
            builder.start_row();
            builder.start_cell();
            builder.start_paragraph(Style::Text);
        }
        builder.text("Deep.");
        builder.start_note();
        assert_eq!(texts(&builder.finish()), ["Deep."]);
    }
}
