//! A page of Markdown as plain text for a terminal: tables in columns, headings without their signs.

use unicode_width::UnicodeWidthStr as _;

/// The widest that a column but the last gets.
const WIDEST_COLUMN: usize = 38;

/// The page as it is printed.
pub fn plain(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut table: Vec<Vec<&str>> = Vec::new();
    for line in page.lines() {
        if let Some(row) = line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
            table.push(row.split(" | ").collect());
            continue;
        }
        if line.starts_with("|---") {
            continue;
        }
        write_table(&mut out, &std::mem::take(&mut table));
        if !line.starts_with("<!--") {
            out.push_str(line.trim_start_matches('#').trim_start());
            out.push('\n');
        }
    }
    write_table(&mut out, &table);
    out
}

fn write_table(out: &mut String, table: &[Vec<&str>]) {
    let widest =
        |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    for row in table {
        out.push_str("  ");
        for (column, cell) in row.iter().enumerate() {
            out.push_str(cell);
            if column + 1 < row.len() {
                let width = widest(column).unwrap_or(0).min(WIDEST_COLUMN);
                out.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
            }
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_columns() {
        let page =
            "## Words\n\n| type | finds |\n|---|---|\n| `a b` | both |\n| `c` | one |\n<!-- x -->\nEnd";
        assert_eq!(plain(page), "Words\n\n  type   finds\n  `a b`  both\n  `c`    one\nEnd\n");
    }
}
