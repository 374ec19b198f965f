//! Where sentences begin within a paragraph. Used for sentence operators, snippets and nothing else.

use super::byte;

/// Words after which a full stop ends no sentence: titles, ranks, months, and what news abbreviates.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "sgt", "capt", "col", "gen", "lt", "maj", "cpl",
    "adm", "gov", "sen", "rep", "pres", "jr", "sr", "co", "corp", "inc", "ltd", "plc", "bros", "vs", "etc",
    "no", "nos", "fig", "vol", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec", "approx", "dept", "est", "mt", "ft", "ave", "blvd", "rd", "tel", "bzw", "ca", "nr", "usw", "mme",
    "mlle", "mm", "sra", "srta", "dra", "ing",
];

/// Words that open a sentence even after an acronym's full stop (`… in the U.S. The president …`).
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "he",
    "she",
    "it",
    "they",
    "we",
    "but",
    "and",
    "this",
    "that",
    "there",
    "his",
    "her",
    "its",
    "their",
    "after",
    "before",
    "when",
    "while",
    "if",
    "as",
    "for",
    "from",
    "by",
    "some",
    "many",
    "most",
    "however",
    "meanwhile",
    "earlier",
    "later",
    "last",
    "i",
    "you",
    "no",
    "not",
    "with",
    "among",
    "under",
];

/// The byte offsets at which the sentences of `paragraph` begin; the first is 0 where there is any text.
pub fn sentence_starts(paragraph: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    if !paragraph.is_empty() {
        starts.push(0);
    }
    let mut from = 0;
    while let Some((at, c)) = next_mark(paragraph, from) {
        let end = at + c.len_utf8();
        from = end;
        let start = match c {
            '。' | '！' | '？' | '｡' => after_closing(paragraph, end),
            '.' | '!' | '?' | '…' | '؟' | '।' => match sentence_after(paragraph, at, end, c) {
                Some(start) => start,
                None => continue,
            },
            _ => continue,
        };
        if start < paragraph.len() && starts.last().is_none_or(|last| *last < start) {
            starts.push(start);
        }
    }
    starts
}

/// The next character from the byte `from` on that could end a sentence, and where it is.
fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let at = from + text.as_bytes().get(from..)?.iter().position(|b| byte::is(*b, byte::MARK))?;
    Some((at, text.get(at..)?.chars().next()?))
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '›' | '“')
}

fn after_closing(text: &str, from: usize) -> usize {
    from + text[from..]
        .chars()
        .take_while(|c| is_closing(*c) || c.is_whitespace())
        .map(char::len_utf8)
        .sum::<usize>()
}

fn sentence_after(text: &str, mark_at: usize, mark_end: usize, mark: char) -> Option<usize> {
    let rest = &text[mark_end..];
    let closing: usize = rest.chars().take_while(|c| is_closing(*c)).map(char::len_utf8).sum();
    let gap: usize = rest[closing..].chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
    if gap == 0 {
        return None;
    }
    let start = mark_end + closing + gap;
    let next = text[start..].chars().next()?;
    let opens = next.is_uppercase()
        || next.is_numeric()
        || matches!(next, '"' | '“' | '‘' | '«' | '(' | '\'' | '„' | '¿' | '¡' | '—' | '–')
        || (next.is_alphabetic() && !next.is_lowercase());
    if !opens {
        return None;
    }
    if mark == '.' && closing == 0 && ends_in_abbreviation(&text[..mark_at], &text[start..]) {
        return None;
    }
    Some(start)
}

fn ends_in_abbreviation(before: &str, after: &str) -> bool {
    let word_at =
        before.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“')).map_or(0, |at| at + 1);
    let Some(word) = before.get(word_at..) else { return false };
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    if initial || dotted {
        let next: String =
            after.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        return !OPENERS.contains(&next.as_str()) || (initial && next == "i");
    }
    word.len() <= 6 && ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(text: &str) -> Vec<&str> {
        let starts = sentence_starts(text);
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim()).collect()
    }

    #[test]
    fn ordinary_sentences() {
        assert_eq!(
            sentences("It rained. \"Nobody left,\" she said. Why? We know."),
            ["It rained.", "\"Nobody left,\" she said.", "Why?", "We know."]
        );
    }

    #[test]
    fn abbreviations_initials_and_numbers_end_nothing() {
        assert_eq!(sentences("Mr. Lund met Gen. J. Ek of the U.S. Army at 3.5 percent.").len(), 1);
        assert_eq!(sentences("They left the U.S. The army stayed.").len(), 2);
        assert_eq!(sentences("It fell on Dec. 2 in St. Alban.").len(), 1);
    }

    #[test]
    fn quotation_marks_close_with_their_sentence() {
        assert_eq!(sentences("“Go home.” He went."), ["“Go home.”", "He went."]);
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(sentences("漏れた。和平案だ。").len(), 2);
    }

    proptest! {
        #[test]
        fn starts_are_ascending_and_on_characters(text in "\\PC{0,80}|[A-Za-z .!?\"”()]{0,80}") {
            let starts = sentence_starts(&text);
            prop_assert!(starts.windows(2).all(|w| w[0] < w[1]));
            prop_assert!(starts.iter().all(|s| text.is_char_boundary(*s)));
        }
    }
}
