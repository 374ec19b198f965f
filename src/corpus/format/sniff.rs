//! The beginning of a text, as each format looks at it for what only its own files begin with.

use crate::article::Format;
use crate::corpus::plain_text::lines::lines;

/// The first letters of the labels that exports begin their lines with.
const LABELS: [char; 8] = ['L', 'B', 'S', 'C', 'F', 'H', 'W', 'P'];

/// The beginning of a text, past its white space.
#[derive(Debug)]
pub(crate) struct Start<'t> {
    /// As much of it as was read.
    pub text: &'t str,
    /// A thousand bytes of it.
    pub head: &'t str,
    /// The same in small letters.
    pub lower: String,
    /// Sixteen thousand bytes of it.
    pub longer: &'t str,
    /// The first lines, without white space at their ends.
    lines: Vec<&'t str>,
    /// Those of them that may begin with a label.
    pub labels: Vec<&'t str>,
    /// The format that the file's name promises.
    pub named: Option<Format>,
}

impl<'t> Start<'t> {
    pub fn of(text: &'t str, named: Option<Format>) -> Self {
        let upto = |bytes: usize| text.get(..text.floor_char_boundary(bytes)).unwrap_or(text);
        let (head, longer) = (upto(1024), upto(16 * 1024));
        let lines: Vec<&str> = lines(longer).map(str::trim_end).take(60).collect();
        let labels = lines.iter().filter(|line| line.starts_with(LABELS)).copied().collect();
        Self { text, head, lower: head.to_ascii_lowercase(), longer, lines, labels, named }
    }

    /// The first dozen lines.
    pub fn opening(&self) -> &[&'t str] {
        self.lines.get(..12).unwrap_or(&self.lines)
    }

    /// Whether for each of these there is a line that begins with it.
    pub fn has_lines(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.labels.iter().any(|line| line.starts_with(name)))
    }
}

/// Whether a text in small letters begins with a tag of that name.
pub(crate) fn starts_with_tag(lower: &str, name: &str) -> bool {
    lower
        .strip_prefix('<')
        .and_then(|rest| rest.strip_prefix(name))
        .is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\r', '\t']))
}
