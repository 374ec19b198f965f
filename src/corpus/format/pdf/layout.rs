//! Pieces of text on a page → lines in the order in which they are read: columns are told by the white
//! between them.

use std::time::Instant;

use super::page::Piece;

/// Parts of a page inside parts of a page are told apart so deep.
const DEEPEST: usize = 100;

/// White that is this wide, in units of the size, parts words that do not belong to one line.
const GUTTER: f32 = 1.0;

/// A column is at least so wide, in units of the size; what is narrower is a table's.
const NARROWEST_COLUMN: f32 = 9.0;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    /// Which part of the page it stands in, in the order of reading.
    pub part: usize,
}

/// The page's lines.
pub(super) fn lines(pieces: Vec<Piece>, deadline: Instant) -> Vec<Line> {
    let segments = segments(pieces);
    let mut parts = Vec::new();
    cut(segments, &mut parts, 0, deadline);
    let mut lines = Vec::new();
    for (part, number) in parts.into_iter().zip(0..) {
        for line in rows(part) {
            lines.push(joined(line, number));
        }
    }
    lines
}

/// Pieces that stand on one line without a gutter between them.
fn segments(pieces: Vec<Piece>) -> Vec<Piece> {
    let pieces = pieces.into_iter().filter(|piece| !piece.text.trim().is_empty()).collect();
    let mut segments: Vec<Piece> = Vec::new();
    for row in rows(pieces) {
        let mut open: Option<Piece> = None;
        for piece in row {
            match &mut open {
                Some(last) if piece.x0 - last.x1 < GUTTER * last.size.max(piece.size) => join(last, piece),
                _ => segments.extend(open.replace(piece)),
            }
        }
        segments.extend(open);
    }
    segments
}

/// Pieces by their lines, from top to bottom and from left to right.
fn rows(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let same = rows
            .last()
            .and_then(|row| row.first())
            .is_some_and(|first| first.y - piece.y < 0.25 * first.size.min(piece.size));
        match rows.last_mut() {
            Some(row) if same => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows
}

fn join(last: &mut Piece, piece: Piece) {
    let gap = piece.x0 - last.x1;
    // What is drawn twice, a hair apart, looks bold.
    if last.text.ends_with(&piece.text) && piece.x0 < last.x1 && (piece.x1 - last.x1).abs() < 0.1 * last.size
    {
        return;
    }
    if gap > 0.16 * last.size && !last.text.ends_with(' ') && !piece.text.starts_with(' ') {
        last.text.push(' ');
    }
    last.text.push_str(&piece.text);
    last.x1 = last.x1.max(piece.x1);
    last.size = last.size.max(piece.size);
}

fn joined(row: Vec<Piece>, part: usize) -> Line {
    let mut pieces = row.into_iter();
    let mut line =
        pieces.next().unwrap_or(Piece { text: String::new(), x0: 0.0, x1: 0.0, y: 0.0, size: 1.0 });
    for piece in pieces {
        join(&mut line, piece);
    }
    Line { text: line.text, x0: line.x0, x1: line.x1, y: line.y, size: line.size, part }
}

/// Cuts a part of the page at its gutter, else at its widest white line, as long as anything stands side by
/// side in it.
fn cut(segments: Vec<Piece>, parts: &mut Vec<Vec<Piece>>, depth: usize, deadline: Instant) {
    if segments.is_empty() {
        return;
    }
    if depth >= DEEPEST || Instant::now() > deadline || !stands_side_by_side(&segments) {
        parts.push(segments);
        return;
    }
    if let Some(x) = gutter(&segments) {
        let (left, right): (Vec<Piece>, Vec<Piece>) = segments.into_iter().partition(|s| s.x0 < x);
        cut(left, parts, depth + 1, deadline);
        cut(right, parts, depth + 1, deadline);
    } else if let Some(y) = white_line(&segments) {
        let (above, below): (Vec<Piece>, Vec<Piece>) = segments.into_iter().partition(|s| s.y > y);
        cut(above, parts, depth + 1, deadline);
        cut(below, parts, depth + 1, deadline);
    } else {
        parts.push(segments);
    }
}

fn stands_side_by_side(segments: &[Piece]) -> bool {
    let mut by_height: Vec<&Piece> = segments.iter().collect();
    by_height.sort_by(|a, b| b.y.total_cmp(&a.y));
    by_height.windows(2).any(|pair| match pair {
        [a, b] => a.y - b.y < 0.7 * a.size.min(b.size) && (a.x1 <= b.x0 || b.x1 <= a.x0),
        _ => false,
    })
}

/// The middle of the widest white column that nothing crosses, with columns of text on both sides.
fn gutter(segments: &[Piece]) -> Option<f32> {
    let mut by_left: Vec<&Piece> = segments.iter().collect();
    by_left.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let size = median(segments.iter().map(|s| s.size));
    let mut right = by_left.first()?.x1;
    let mut best: Option<(f32, f32)> = None;
    for segment in by_left {
        let white = segment.x0 - right;
        if white > 0.6 * size && best.is_none_or(|(widest, _)| white > widest) {
            best = Some((white, right + white / 2.0));
        }
        right = right.max(segment.x1);
    }
    let (_, x) = best?;
    let is_column = |left: bool| {
        let side = || segments.iter().filter(|s| (s.x0 < x) == left);
        side().count() >= 2 && median(side().map(|s| s.x1 - s.x0)) >= NARROWEST_COLUMN * size
    };
    (is_column(true) && is_column(false)).then_some(x)
}

/// The middle of the tallest white line that nothing crosses.
fn white_line(segments: &[Piece]) -> Option<f32> {
    let mut by_top: Vec<&Piece> = segments.iter().collect();
    let top = |s: &Piece| s.y + 0.75 * s.size;
    let bottom = |s: &Piece| s.y - 0.2 * s.size;
    by_top.sort_by(|a, b| top(b).total_cmp(&top(a)));
    let mut lowest = bottom(by_top.first()?);
    let mut best: Option<(f32, f32)> = None;
    for segment in by_top {
        let white = lowest - top(segment);
        if white > 0.0 && best.is_none_or(|(tallest, _)| white > tallest + 0.01) {
            best = Some((white, lowest));
        }
        lowest = lowest.min(bottom(segment));
    }
    best.map(|(_, y)| y)
}

pub(super) fn median(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut numbers: Vec<f32> = numbers.collect();
    numbers.sort_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use std::time::Duration;

    fn piece(text: &str, x0: f32, y: f32, size: f32) -> Piece {
        Piece { text: text.into(), x0, x1: x0 + text.len() as f32 * size * 0.5, y, size }
    }

    fn read(pieces: Vec<Piece>) -> Vec<String> {
        let deadline = Instant::now() + Duration::from_secs(5);
        lines(pieces, deadline).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut pieces = vec![piece("A headline over both of the columns", 50.0, 750.0, 24.0)];
        for n in 0..5 {
            let y = 700.0 - 12.0 * n as f32;
            pieces.push(piece(&format!("left column, line {n}, of some length"), 50.0, y, 10.0));
            pieces.push(piece(&format!("right column, line {n}, of some length"), 260.0, y, 10.0));
        }
        let read = read(pieces);
        assert!(read.first().unwrap().starts_with("A headline"));
        assert!(read.get(1..6).unwrap().iter().all(|line| line.starts_with("left")), "{read:?}");
        assert!(read.get(6..).unwrap().iter().all(|line| line.starts_with("right")), "{read:?}");
    }

    #[test]
    fn rows_of_a_table_stay_together() {
        let mut pieces = Vec::new();
        for (n, row) in ["Rovers", "Wanderers", "Athletic"].iter().enumerate() {
            pieces.push(piece(row, 50.0, 700.0 - 12.0 * n as f32, 10.0));
            pieces.push(piece("12", 150.0, 700.0 - 12.0 * n as f32, 10.0));
        }
        assert_eq!(read(pieces), ["Rovers 12", "Wanderers 12", "Athletic 12"]);
    }

    #[test]
    fn pieces_of_a_line_are_joined_and_shadows_dropped() {
        let pieces = vec![
            piece("closed", 95.0, 700.0, 10.0),
            piece("Bridge", 60.0, 700.4, 10.0),
            piece("closed", 95.3, 700.0, 10.0),
        ];
        assert_eq!(read(pieces), ["Bridge closed"]);
    }
}
