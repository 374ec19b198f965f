//! Where a field begins: what stands in it is lexed like all else, but for paths and sources, which are taken
//! as they are typed.

use super::ast::{Narrowing, NodeKind, SourceRange};
use super::characters::{is_separator, quote_kind};
use super::lex::Lexer;
use super::token::{Prefix, TokenKind};
use crate::field::Field;

impl Lexer<'_> {
    /// What stands in a field begins here; `name` is where the field was named. A path or a source is taken
    /// as it is typed, and `section:*` is any section.
    pub(super) fn field_begins(&mut self, field: Field, name: SourceRange) {
        let narrowing = match field {
            Field::Path => Narrowing::Path,
            Field::Source => Narrowing::Source,
            field if field.may_be_missing() && self.is_any_value() => {
                self.at += 1;
                self.push_leaf(NodeKind::Narrow(Narrowing::Has(field)), name.start..self.at, 1);
                return;
            }
            _ => return self.push(TokenKind::Prefix(Prefix::Field(field)), name),
        };
        let before = self.at;
        self.skip_white_space();
        let texts = self.texts_as_typed();
        if texts.is_empty() {
            // An empty field is refused like any other.
            self.at = before;
            return self.push(TokenKind::Prefix(Prefix::Field(field)), name);
        }
        let span = name.start..self.at;
        let several = texts.len() > 1;
        if several {
            self.push(TokenKind::Open, span.clone());
        }
        for (at, text) in texts.into_iter().enumerate() {
            if at > 0 {
                self.push(TokenKind::Or, span.clone());
            }
            self.push_leaf(NodeKind::Narrow(narrowing(text)), span.clone(), 1);
        }
        if several {
            self.push(TokenKind::Close, span);
        }
    }

    /// Whether a lone `*` stands here.
    fn is_any_value(&self) -> bool {
        self.rest().strip_prefix('*').is_some_and(|after| {
            after.chars().next().is_none_or(|c| is_separator(c) || matches!(c, ')' | '）'))
        })
    }

    /// `1996/*`, `"my articles/*"`, `(1996/* OR 1997/*)`: what stands here up to white space, quoted or in
    /// parentheses.
    fn texts_as_typed(&mut self) -> Vec<String> {
        let rest = self.rest();
        if let Some(inside) = rest.strip_prefix(['(', '（']) {
            let mut depth = 1_usize;
            let end = inside.find(|c| {
                match c {
                    '(' | '（' => depth += 1,
                    ')' | '）' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let (inside, after) = inside.split_at(end.unwrap_or(inside.len()));
            self.at = self.text.len() - after.len() + after.chars().next().map_or(0, char::len_utf8);
            let trimmed = |text: &str| text.trim().trim_matches(|c| quote_kind(c).is_some()).to_owned();
            return inside.split(" OR ").map(trimmed).filter(|text| !text.is_empty()).collect();
        }
        let (text, length) = quoted_as_typed(rest).unwrap_or_else(|| bare_as_typed(rest));
        self.at += length;
        if text.trim().is_empty() { Vec::new() } else { vec![text] }
    }
}

/// What stands in quotes at the beginning, where a backslash keeps a quote or a backslash, and how long it is
/// with them.
fn quoted_as_typed(rest: &str) -> Option<(String, usize)> {
    let mut characters = rest.char_indices();
    characters.next().filter(|(_, open)| quote_kind(*open).is_some())?;
    let mut text = String::new();
    while let Some((at, c)) = characters.next() {
        if quote_kind(c).is_some() {
            return Some((text, at + c.len_utf8()));
        }
        let next = characters.as_str().chars().next();
        let is_kept = c == '\\' && next.is_some_and(|next| next == '\\' || quote_kind(next).is_some());
        text.push(if is_kept { characters.next().map_or(c, |(_, kept)| kept) } else { c });
    }
    Some((text, rest.len()))
}

/// What stands up to white space or to a parenthesis that closes what was opened before.
fn bare_as_typed(rest: &str) -> (String, usize) {
    let mut depth = 0_usize;
    let end = rest.find(|c: char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth > 0 => {
            depth -= 1;
            false
        }
        ')' | '）' => true,
        c => c.is_whitespace(),
    });
    let length = end.unwrap_or(rest.len());
    (rest.get(..length).unwrap_or_default().to_owned(), length)
}
