//! Why nothing was found, for people.

use std::io::Write;

use newsearch::search::nothing::Explanation;

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::text;
use super::words::{count, plural};

/// Why nothing was found.
pub struct Nothing {
    /// What each part of the query finds, and what comes nearest.
    pub explanation: Explanation,
    /// The nearest articles' paths as they are shown.
    pub paths: Vec<String>,
}

impl Nothing {
    /// What each part finds, what this archive spells like it, what was searched, and what comes nearest.
    pub fn text(&self, out: &mut impl Write, terminal: &Terminal) -> Result<(), Failure> {
        self.parts(out, 2, terminal)?;
        let Some(nearest) = &self.explanation.nearest else { return Ok(()) };
        let total = count(nearest.total);
        writeln!(out, "\nNo article holds all of it. The best of {total} with some of the words:")?;
        text::hits(out, &nearest.hits, &self.paths, terminal)
    }

    /// The same without the articles, in lines that begin with so many spaces.
    pub fn parts(&self, out: &mut impl Write, indent: usize, terminal: &Terminal) -> Result<(), Failure> {
        let Explanation { clauses, searched, unread, .. } = &self.explanation;
        let mut line =
            |text: String| writeln!(out, "{}", terminal.fill(&format!("{:indent$}{text}", ""), indent + 2));
        for part in clauses {
            let clause = clean(&part.clause);
            if part.articles > 0 {
                line(format!("{clause}: {}", plural(part.articles, "article")))?;
                continue;
            }
            let meant: Vec<String> =
                part.did_you_mean.iter().map(|word| format!("`{}`", clean(word))).collect();
            let meant = if meant.is_empty() {
                String::new()
            } else {
                format!("; did you mean {}?", meant.join(" or "))
            };
            line(format!("{clause}: in no article{meant}"))?;
        }
        let unreadable = plural(unread.files, "file");
        let unread = match unread.documents {
            0 => String::new(),
            1 => ", nor 1 document of a format that is not read".to_owned(),
            n => format!(", nor {} documents of formats that are not read", count(n)),
        };
        line(format!("searched {}; {unreadable} could not be read{unread}", plural(*searched, "article")))?;
        Ok(())
    }
}
