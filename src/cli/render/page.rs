//! A page of Markdown as plain text for a terminal: tables in columns, headings without their signs.

use unicode_width::UnicodeWidthStr as _;

/// The narrowest that the last column of a table may be; else it goes below the others.
const NARROWEST: usize = 24;

/// Where cells stand that go below the others.
const BELOW: usize = 6;

/// How wide help may be here.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(40, 100)
}

/// The page as it is printed in so many columns.
pub fn plain(page: &str, width: usize) -> String {
    let mut out = String::with_capacity(page.len());
    let mut table: Vec<Vec<&str>> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut is_code = false;
    let page = unlinked(page);
    for line in page.lines() {
        if line.starts_with("```") || is_code {
            write_paragraph(&mut out, &std::mem::take(&mut paragraph), width);
            write_table(&mut out, &std::mem::take(&mut table), width);
            is_code ^= line.starts_with("```");
            if !line.starts_with("```") {
                out.push_str(&format!("  {line}\n"));
            }
            continue;
        }
        let row = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |"));
        let is_text =
            row.is_none() && !line.is_empty() && !line.starts_with(['#', '|']) && !line.starts_with("<!--");
        if !is_text {
            write_paragraph(&mut out, &std::mem::take(&mut paragraph), width);
        }
        if let Some(row) = row {
            table.push(row.split(" | ").collect());
            continue;
        }
        if line.starts_with("|---") {
            continue;
        }
        write_table(&mut out, &std::mem::take(&mut table), width);
        if is_text {
            paragraph.push(line);
        } else if !line.starts_with("<!--") {
            out.push_str(line.trim_start_matches('#').trim_start());
            out.push('\n');
        }
    }
    write_paragraph(&mut out, &paragraph, width);
    write_table(&mut out, &table, width);
    out
}

/// The text with what links say in the place of the links.
fn unlinked(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let link = after.split_once("](").filter(|(text, _)| !text.contains(['\n', '[']));
        match link.and_then(|(text, target)| Some((text, target.split_once(')')?.1))) {
            Some((text, behind)) => {
                out.push_str(text);
                rest = behind;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn write_paragraph(out: &mut String, lines: &[&str], width: usize) {
    if !lines.is_empty() {
        out.push_str(&wrapped(&lines.join(" "), width, 0));
        out.push('\n');
    }
}

/// The text in lines that begin at a column, but for the first, which stands there already.
fn wrapped(text: &str, width: usize, column: usize) -> String {
    let options = textwrap::Options::new(width.saturating_sub(column).max(10))
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).join(&format!("\n{:column$}", ""))
}

fn write_table(out: &mut String, table: &[Vec<&str>], width: usize) {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let most = width / columns.max(1) - 2;
    let widest = |column: usize| {
        let fitting = table.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        fitting.filter(|width| *width <= most).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    for row in table {
        let (mut at, mut column) = (2, 2);
        out.push_str("  ");
        for (number, cell) in row.iter().enumerate() {
            let is_last = number + 1 == row.len();
            if at > column || (is_last && width.saturating_sub(column) < NARROWEST) {
                let below = if is_last && width.saturating_sub(column) < NARROWEST { BELOW } else { column };
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str(&format!("\n{:below$}", ""));
                at = below;
            } else {
                out.extend(std::iter::repeat_n(' ', column - at));
                at = column;
            }
            if is_last {
                out.push_str(&wrapped(cell, width, at));
            } else {
                out.push_str(cell);
                at += cell.width() + 2;
                column += widths.get(number).copied().unwrap_or(0) + 2;
                out.push_str("  ");
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_columns() {
        let page = "## Words\n\n| type | finds |\n|---|---|\n| `a b` | both |\n| `c` | one |\n<!-- x -->\nEnd\nof it.";
        assert_eq!(plain(page, 80), "Words\n\n  type   finds\n  `a b`  both\n  `c`    one\nEnd of it.\n");
    }

    #[test]
    fn links_are_what_they_say_and_code_stands_as_it_stands() {
        let page = "See [the\npage] and [dates](dates.md#a).\n\n```toml\nlimit = 20\n  x\n```\nEnd.";
        assert_eq!(plain(page, 80), "See [the page] and dates.\n\n  limit = 20\n    x\nEnd.\n");
    }

    #[test]
    fn long_cells_hang_in_their_column_and_nothing_is_wider_than_the_page() {
        let page = "| type | read as | finds |\n|---|---|---|\n| `a` | `b` | one word after the other until the line is full |\n\
                    | `a longer one than its column` | `b` | the same |";
        assert_eq!(
            plain(page, 46),
            "  type  read as  finds\n  `a`   `b`      one word after the other\n                 until the line is full\n\
             \u{20} `a longer one than its column`\n        `b`      the same\n"
        );
        for width in [40, 60, 80, 100] {
            let wide = plain(newsearch::query::LANGUAGE_PAGE, width);
            let widest = wide
                .lines()
                .filter(|line| line.contains(' '))
                .map(|line| line.trim_start())
                .filter(|line| !line.starts_with('`'));
            for line in widest {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}
