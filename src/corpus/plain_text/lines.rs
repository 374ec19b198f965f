//! A text's lines, as [`str::lines`] gives them, found many bytes at a time.

/// The lines without their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else {
            return Some(std::mem::take(&mut rest));
        };
        let line = rest.get(..end)?;
        rest = rest.get(end + 1..)?;
        Some(line.strip_suffix('\r').unwrap_or(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_the_standard_librarys(text in "(a|é|\n|\r|\r\n){0,12}") {
            prop_assert!(lines(&text).eq(text.lines()), "{text:?}");
        }
    }
}
