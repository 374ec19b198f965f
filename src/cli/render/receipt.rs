//! What has changed since a receipt, for people.

use std::io::Write;

use newsearch::search::receipt::{Changes, Receipt};

use super::super::outcome::Failure;
use super::super::terminal::{Terminal, clean};
use super::words::{count, moment, plural};

/// So many ids of a kind are named to people.
const MOST_NAMED: usize = 20;

/// What is other than it was.
pub fn to_text(
    out: &mut impl Write,
    receipt: &Receipt,
    changes: &Changes,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let styles = terminal.styles();
    let written = moment(receipt.written);
    if changes.none_found() {
        let (good, reset) = (styles.good, styles.reset);
        writeln!(out, "{good}unchanged{reset} since {written}")?;
    } else {
        writeln!(out, "{}changed{} since {written}", styles.bad, styles.reset)?;
    }
    writeln!(out, "query     {}", clean(&receipt.read_as))?;
    writeln!(out, "found     {} then, {} now", plural(receipt.total, "article"), count(changes.total))?;
    for (name, ids) in [("gone", &changes.gone), ("new", &changes.new), ("changed", &changes.changed)] {
        if ids.is_empty() {
            continue;
        }
        let named: Vec<String> = ids.iter().take(MOST_NAMED).map(|id| clean(id)).collect();
        let more = match ids.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {} more", count(more as u64)),
        };
        writeln!(out, "{name:9} {}: {}{more}", count(ids.len() as u64), named.join(" "))?;
    }
    let archive = if changes.archive { "changed" } else { "unchanged" };
    writeln!(
        out,
        "archive   {archive}: {} then, {} now",
        plural(receipt.archive.articles, "article"),
        count(changes.articles)
    )?;
    if changes.rules {
        writeln!(
            out,
            "rules     words are read otherwise than by newsearch {}",
            clean(&receipt.archive.newsearch)
        )?;
    }
    if changes.receipt {
        writeln!(out, "receipt   its checksum is wrong: the file is not as it was written")?;
    }
    Ok(())
}
