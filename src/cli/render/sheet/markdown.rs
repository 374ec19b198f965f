//! The same as Markdown.

use std::io::Write;

use super::super::super::outcome::Failure;
use super::super::markdown::{escape, in_bold};
use super::{Line, Marked, Sheet, is_link};

pub struct Markdown<'o> {
    out: &'o mut dyn Write,
}

impl<'o> Markdown<'o> {
    pub fn new(out: &'o mut dyn Write) -> Self {
        Self { out }
    }
}

impl Sheet for Markdown<'_> {
    fn begin(&mut self, title: &str) -> Result<(), Failure> {
        writeln!(self.out, "<!-- written by newsearch -->\n\n# {}\n", escape(title))?;
        Ok(())
    }

    fn fact(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "- {}: {}", escape(name), escape(text))?;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "\n## {}\n", escape(text))?;
        Ok(())
    }

    fn entry(&mut self, number: usize, title: &str, about: &str) -> Result<(), Failure> {
        let gap = if about.is_empty() { "" } else { " · " };
        writeln!(self.out, "{number}. [{}](#a{number}){gap}{}", escape(title), escape(about))?;
        Ok(())
    }

    fn article(&mut self, number: usize, title: Marked<'_>, _: Option<&str>) -> Result<(), Failure> {
        let title = in_bold(title.text, title.highlights);
        writeln!(self.out, "\n<a id=\"a{number}\"></a>\n\n### {number}\\. {title}")?;
        Ok(())
    }

    fn line(&mut self, line: Line, text: Marked<'_>) -> Result<(), Failure> {
        let text = in_bold(text.text, text.highlights);
        match line {
            Line::About | Line::Citation | Line::Doubt => writeln!(self.out, "\n*{text}*")?,
            Line::Quote => writeln!(self.out, "\n> {text}")?,
            // What begins like a list is a paragraph.
            Line::Paragraph(_) | Line::Source => writeln!(self.out, "\n{}", no_list(&text))?,
        }
        Ok(())
    }

    fn address(&mut self, url: &str) -> Result<(), Failure> {
        let is_plain =
            is_link(url) && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>".contains(c));
        if is_plain {
            writeln!(self.out, "\n<{url}>")?;
        } else {
            writeln!(self.out, "\n{}", escape(url))?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}

/// A paragraph that begins as a list or a rule would is none.
fn no_list(text: &str) -> String {
    let begins = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = begins.len() < text.len() && begins.starts_with(['.', ')']);
    if is_number {
        let digits = text.len() - begins.len();
        return format!("{}\\{begins}", text.get(..digits).unwrap_or_default());
    }
    if text.starts_with(['-', '+', '=']) { format!("\\{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_no_list() {
        for (text, written) in [
            ("- The mill", "\\- The mill"),
            ("12. The mill", "12\\. The mill"),
            ("1) The mill", "1\\) The mill"),
            ("12 mills", "12 mills"),
            ("The mill", "The mill"),
            ("---", "\\---"),
        ] {
            assert_eq!(no_list(text), written);
        }
    }
}
