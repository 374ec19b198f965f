//! A page's drawing instructions → pieces of text and where they stand. Nothing is drawn, and nothing but
//! text is followed.

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources, Rotation};

use super::font::Font;
use super::stream;

/// How deep drawings in drawings are followed.
const DEEPEST: usize = 10;

/// How many states of the pen are kept.
const MOST_STATES: usize = 256;

/// The most text that is read of one file, in bytes, and the most pieces that one page may have.
const MOST_TEXT: usize = 32 << 20;
const MOST_PIECES: usize = 50_000;

/// A gap of this many units of the size is a blank.
const BLANK: f32 = 0.16;

/// A piece of text on one line, in points from the lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
}

/// Reads pages one after the other, up to a time and an amount.
pub(super) struct Reader {
    deadline: Instant,
    fonts: HashMap<ObjectIdentifier, Rc<Font>>,
    pieces: Vec<Piece>,
    text: usize,
    instructions: u32,
    over: bool,
    letters: (usize, usize),
}

/// An affine map, as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This map, and then another.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, other.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    fn moved(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

/// The state of the pen.
#[derive(Debug, Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// No turn, and a quarter of a turn more each.
const TURNED: [Matrix; 4] = [
    Matrix::IDENTITY,
    Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
    Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
    Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
];

impl State {
    fn new(page: Matrix) -> Self {
        Self {
            page,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

impl Reader {
    pub fn new(deadline: Instant) -> Self {
        Self {
            deadline,
            fonts: HashMap::new(),
            pieces: Vec::new(),
            text: 0,
            instructions: 0,
            over: false,
            letters: (0, 0),
        }
    }

    /// Whether it stopped before the end.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Whether a tenth of the letters are unknown.
    pub fn is_unknown(&self) -> bool {
        let (all, unknown) = self.letters;
        unknown * 10 > all
    }

    /// The pieces of a page, in the order in which they are drawn.
    pub fn page(&mut self, page: &Page<'_>) -> Vec<Piece> {
        let quarters = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 1,
            Rotation::Flipped => 2,
            Rotation::FlippedHorizontal => 3,
        };
        let content = self.content(page);
        // A page that was scanned or turned the wrong way has all its text on its side.
        for more in 0..4 {
            let turned = TURNED.get((quarters + more) % 4).copied().unwrap_or(Matrix::IDENTITY);
            self.run(&content, page.resources(), State::new(turned), 0);
            if !self.pieces.is_empty() || self.over {
                break;
            }
        }
        std::mem::take(&mut self.pieces)
    }

    /// The instructions of a page, in one piece.
    fn content(&mut self, page: &Page<'_>) -> Vec<u8> {
        let mut content = Vec::new();
        let contents = page.raw().get::<Object<'_>>("Contents");
        match contents {
            Some(Object::Stream(part)) => {
                content.extend_from_slice(&stream::content(&part).unwrap_or_default())
            }
            Some(Object::Array(parts)) => {
                for part in parts.iter::<Stream<'_>>() {
                    content.extend_from_slice(&stream::content(&part).unwrap_or_default());
                    content.push(b'\n');
                    if content.len() > MOST_TEXT * 4 {
                        self.over = true;
                        break;
                    }
                }
            }
            _ => {}
        }
        content
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'_>, state: State, depth: usize) {
        let mut pen = Pen {
            state,
            states: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
        };
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.instructions = self.instructions.wrapping_add(1);
            if self.instructions.is_multiple_of(64) && Instant::now() > self.deadline {
                self.over = true;
            }
            if self.over {
                return;
            }
            if let TypedInstruction::XObject(form) = &instruction {
                self.form(form.0, resources, &pen, depth);
            } else if let TypedInstruction::TextFont(font) = &instruction {
                pen.state.font = self.font(font.0, resources);
                pen.state.size = font.1.as_f32();
            } else {
                pen.follow(&instruction, self);
            }
        }
    }

    /// A drawing inside the drawing.
    fn form(&mut self, name: &Name<'_>, resources: &Resources<'_>, pen: &Pen, depth: usize) {
        if depth >= DEEPEST || pen.is_artifact() {
            return;
        }
        let Some(form) = resources.get_x_object(name) else { return };
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_str() != "Form") {
            return;
        }
        let Some(content) = stream::content(&form) else { return };
        let mut state = pen.state.clone();
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let mut numbers = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
            numbers.iter_mut().zip(matrix.iter::<f32>()).for_each(|(place, number)| *place = number);
            state.page = Matrix(numbers).then(state.page);
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        self.run(&content, own.as_ref().unwrap_or(resources), state, depth + 1);
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let id = resources.fonts.get_ref(name).map(ObjectIdentifier::from);
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::read(&resources.get_font(name)?));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    /// Takes a piece; one that goes on where the last one ended becomes part of it.
    fn put(&mut self, piece: Piece) {
        self.text += piece.text.len();
        self.over |= self.text > MOST_TEXT || self.pieces.len() >= MOST_PIECES;
        if let Some(last) = self.pieces.last_mut() {
            let gap = piece.x0 - last.x1;
            let same_line = (piece.y - last.y).abs() < 0.1 * last.size
                && (piece.size - last.size).abs() < 0.1 * last.size;
            if same_line && gap > -0.3 * last.size && gap < 0.8 * last.size {
                let blank =
                    gap > BLANK * last.size && !last.text.ends_with(' ') && !piece.text.starts_with(' ');
                if blank {
                    last.text.push(' ');
                }
                last.text.push_str(&piece.text);
                last.x1 = piece.x1;
                return;
            }
        }
        self.pieces.push(piece);
    }
}

/// What follows the instructions of one drawing.
struct Pen {
    state: State,
    states: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// The marked parts that are open, and whether each is the page's own boilerplate.
    marks: Vec<bool>,
}

impl Pen {
    fn is_artifact(&self) -> bool {
        self.marks.contains(&true)
    }

    fn follow(&mut self, instruction: &TypedInstruction<'_, '_>, reader: &mut Reader) {
        use TypedInstruction as I;
        match instruction {
            I::SaveState(_) if self.states.len() < MOST_STATES => self.states.push(self.state.clone()),
            I::RestoreState(_) => self.state = self.states.pop().unwrap_or_else(|| self.state.clone()),
            I::Transform(m) => {
                let matrix = Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f32()));
                self.state.page = matrix.then(self.state.page);
            }
            I::CharacterSpacing(n) => self.state.letter_space = n.0.as_f32(),
            I::WordSpacing(n) => self.state.word_space = n.0.as_f32(),
            I::HorizontalScaling(n) => self.state.stretch = n.0.as_f32() / 100.0,
            I::TextLeading(n) => self.state.leading = n.0.as_f32(),
            I::TextRise(n) => self.state.rise = n.0.as_f32(),
            I::BeginText(_) => self.start_line(Matrix::IDENTITY),
            I::SetTextMatrix(m) => {
                self.start_line(Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f32())))
            }
            I::NextLine(to) => self.start_line(self.line.moved(to.0.as_f32(), to.1.as_f32())),
            I::NextLineAndSetLeading(to) => {
                self.state.leading = -to.1.as_f32();
                self.start_line(self.line.moved(to.0.as_f32(), to.1.as_f32()));
            }
            I::NextLineUsingLeading(_) => self.next_line(),
            I::ShowText(text) => self.show(text.0, reader),
            I::NextLineAndShowText(text) => {
                self.next_line();
                self.show(text.0, reader);
            }
            I::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f32();
                self.state.letter_space = text.1.as_f32();
                self.next_line();
                self.show(text.2, reader);
            }
            I::ShowTexts(texts) => {
                for item in texts.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(text) => self.show(&text, reader),
                        Object::Number(back) => {
                            let by = -back.as_f32() / 1000.0 * self.state.size * self.state.stretch;
                            self.text = self.text.moved(by, 0.0);
                        }
                        _ => {}
                    }
                }
            }
            I::BeginMarkedContent(mark) => self.mark(mark.0),
            I::BeginMarkedContentWithProperties(mark) => self.mark(mark.0),
            I::EndMarkedContent(_) => {
                self.marks.pop();
            }
            _ => {}
        }
    }

    /// Page numbers and running heads are marked as artifacts by programs that care.
    fn mark(&mut self, name: &Name<'_>) {
        if self.marks.len() < MOST_STATES {
            self.marks.push(name.as_str() == "Artifact");
        }
    }

    fn start_line(&mut self, at: Matrix) {
        self.line = at;
        self.text = at;
    }

    fn next_line(&mut self) {
        self.start_line(self.line.moved(0.0, -self.state.leading));
    }

    fn show(&mut self, bytes: &[u8], reader: &mut Reader) {
        let Some(font) = self.state.font.clone() else { return };
        let state = &self.state;
        let start = self.text.moved(0.0, state.rise).then(state.page);
        let mut text = String::new();
        let mut along = 0.0;
        for drawn in font.draw(bytes) {
            reader.letters.0 += 1;
            match &drawn.text {
                Some(known) => text.push_str(known),
                None => {
                    reader.letters.1 += 1;
                    text.push('\u{fffd}');
                }
            }
            let word = if drawn.is_blank { state.word_space } else { 0.0 };
            along += (drawn.width * state.size + state.letter_space + word) * state.stretch;
        }
        let [a, b, c, d, x, y] = start.0;
        let end = self.text.moved(along, state.rise).then(state.page).0;
        self.text = self.text.moved(along, 0.0);
        let size = state.size.abs() * (c * c + d * d).sqrt();
        // Text that stands on its side is a picture's credit or a watermark.
        let level = b.abs() <= 0.2 * a.abs() && a > 0.0;
        let finite = [x, y, end[4], size].iter().all(|n| n.is_finite() && n.abs() < 1e6);
        if !level || !finite || size < 0.5 || text.is_empty() || self.is_artifact() {
            return;
        }
        reader.put(Piece { text, x0: x, x1: end[4].max(x), y, size });
    }
}
