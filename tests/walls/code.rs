//! Rust source → the names and signs of its code, without comments and texts: as much of a lexer as the walls
//! need.

/// A name, or one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// The line it stands in, from 1.
    pub line: usize,
}

/// The code of a source file.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, is_code) = next(rest, first);
        let (text, after) = rest.split_at(length);
        if is_code {
            tokens.push(Token { text: text.to_owned(), line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// How many bytes the next piece has, and whether it is code.
fn next(rest: &str, first: char) -> (usize, bool) {
    let until =
        |end: &str, skip: usize| rest[skip..].find(end).map_or(rest.len(), |at| skip + at + end.len());
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    let raw = rest.trim_start_matches(['b', 'c']);
    if let Some(opening) = raw.strip_prefix('r') {
        let hashes = opening.len() - opening.trim_start_matches('#').len();
        if opening[hashes..].starts_with('"') {
            let start = rest.len() - opening.len() + hashes + 1;
            return (until(&format!("\"{}", "#".repeat(hashes)), start), false);
        }
    }
    if first == '"' {
        return (quoted(rest, '"'), false);
    }
    if first == '\'' {
        let mut following = rest.chars().skip(1);
        let is_character = following.next() == Some('\\') || following.next() == Some('\'');
        return if is_character { (quoted(rest, '\''), false) } else { (1, false) };
    }
    if first.is_alphanumeric() || first == '_' {
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        return (name, true);
    }
    (first.len_utf8(), !first.is_whitespace())
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The lines in which the code mentions a name, a macro or a path of two names, the path also as `a::{…, b}`.
pub fn mentions(code: &[Token], what: &str) -> Vec<usize> {
    let wanted: Vec<String> = tokens(what).into_iter().map(|token| token.text).collect();
    let mut lines: Vec<usize> = code
        .windows(wanted.len())
        .filter(|window| window.iter().map(|token| &token.text).eq(&wanted))
        .map(|window| window[0].line)
        .collect();
    if let [from, colon, second_colon, name] = wanted.as_slice() {
        let opening = [from, colon, second_colon, "{"];
        for (at, _) in code.windows(4).enumerate().filter(|(_, w)| w.iter().map(|t| &t.text).eq(opening)) {
            lines.extend(in_group(&code[at + 4..], name));
        }
    }
    lines
}

/// The line of `name` among the names at the first level of an opened group.
fn in_group(code: &[Token], name: &str) -> Option<usize> {
    let (mut depth, mut begins) = (0usize, true);
    for token in code {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth == 0 => return None,
            "}" => depth -= 1,
            text if begins && depth == 0 && text == name => return Some(token.line),
            _ => {}
        }
        begins = token.text == ",";
    }
    None
}

#[test]
fn only_code_is_code() {
    let source =
        "// a\nb /* c /* d */ e */ f('g', '\\'', \"h \\\" i\", r#\"j \" k\"#, br\"l\") 'm: n::<'o>()\np";
    let found: Vec<(String, usize)> = tokens(source).into_iter().map(|t| (t.text, t.line)).collect();
    let names: Vec<&(String, usize)> =
        found.iter().filter(|(text, _)| text.chars().all(char::is_alphanumeric)).collect();
    let expected = [("b", 2), ("f", 2), ("m", 2), ("n", 2), ("o", 2), ("p", 3)];
    assert_eq!(names, expected.map(|(text, line)| (text.to_owned(), line)).iter().collect::<Vec<_>>());
}

#[test]
fn names_are_whole_and_groups_are_looked_into() {
    let found = |source: &str, what: &str| !mentions(&tokens(source), what).is_empty();
    assert!(found("use clap::Parser;", "clap"));
    assert!(!found("let claps = unclap();", "clap"));
    assert!(found("std::println!(\"x\")", "println!"));
    assert!(!found("println(x)", "println!"));
    assert!(found("use crate::index::Snapshot;", "crate::index"));
    assert!(found("use crate::{article::Article, index};", "crate::index"));
    assert!(!found("use crate::{article::{index, Article}, error};", "crate::index"));
    assert!(!found("use crate::article; fn index() {}", "crate::index"));
}
