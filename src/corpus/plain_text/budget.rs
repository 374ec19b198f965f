//! How much of one article is read: what is made of small pieces only (lines, marks, parts) costs many times
//! its bytes in memory, so an article has no more of them than any real one.

/// A text with more lines is cut.
pub(crate) const MOST_LINES: usize = 2_000_000;

/// What stands behind so many paragraphs is part of the last one.
pub(crate) const MOST_PARAGRAPHS: usize = 1_000_000;

/// A text up to where it holds too many of something (`what`, at these places), and what is said of it where
/// it is cut.
pub(crate) fn within<'t>(
    text: &'t str,
    most: usize,
    what: &str,
    places: impl Iterator<Item = usize>,
) -> (&'t str, Option<String>) {
    let mut places = places.skip(most);
    let Some(at) = places.next() else { return (text, None) };
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    (text.get(..at).unwrap_or_default(), Some(cut(most, what, at, text.len())))
}

/// What is said of an article that is not read to its end.
pub(crate) fn cut(most: usize, what: &str, at: usize, all: usize) -> String {
    format!("more than {most} {what}: what stands behind the first {at} of its {all} bytes was not read")
}

/// Puts a paragraph behind the others; where there are too many, its text behind the last one's.
pub(crate) fn add(paragraphs: &mut Vec<String>, paragraph: String) {
    if paragraphs.len() >= MOST_PARAGRAPHS
        && let Some(last) = paragraphs.last_mut()
    {
        last.push('\n');
        last.push_str(&paragraph);
        return;
    }
    paragraphs.push(paragraph);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_it_holds_too_much() {
        let places = |text: &'static str| memchr::memchr_iter(b'\n', text.as_bytes());
        assert_eq!(within("a\nb\nc", 2, "lines", places("a\nb\nc")), ("a\nb\nc", None));
        let message = "more than 1 lines: what stands behind the first 4 of its 6 bytes was not read";
        assert_eq!(within("a\né\nc", 1, "lines", places("a\né\nc")), ("a\né", Some(message.into())));
        assert_eq!(within("é", 0, "bytes", [1].into_iter()).0, "");
    }

    #[test]
    fn paragraphs_without_number_are_one_and_nothing_is_lost() {
        let mut paragraphs = Vec::new();
        (0..MOST_PARAGRAPHS + 2).for_each(|n| add(&mut paragraphs, n.to_string()));
        assert_eq!(paragraphs.len(), MOST_PARAGRAPHS);
        assert_eq!(paragraphs.last().map(String::as_str), Some("999999\n1000000\n1000001"));
    }
}
