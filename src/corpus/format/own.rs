//! What newsearch itself has written: answers, exports and receipts that lie among the articles are none.

/// The first lines of our tables: of answers and exports, of many queries, of a timeline.
const TABLES: &[&str] = &[
    "rank,id,score,date,date_precision,headline,authors,section,publication,url,path,snippet",
    "rank,id,score,date,headline,authors,section,path,snippet",
    "rank,id,score,date,date_precision,headline,authors,section,path,snippet",
    "line,name,query,articles,id,date,headline,path,error",
    "line,name,query,total,id,date,headline,path,error",
    "period,first_day,last_day,articles,of,percent,strongest",
    "by,value,articles",
];

/// How the table of several timelines begins.
const CURVES: &str = "period,first_day,last_day,of,";

/// What follows the version in our objects.
const SECOND_KEYS: &[&str] = &["query", "written", "line", "id", "kind", "index", "new", "text", "file"];

/// How much of a text is looked at, in bytes.
const MOST_BYTES: usize = 4 << 10;

/// Whether a text is one of ours. `start` is its beginning.
pub fn is_own(start: &str) -> bool {
    let start = start.get(..start.floor_char_boundary(MOST_BYTES)).unwrap_or(start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let first = start.lines().next().unwrap_or_default().trim_end();
    is_document(start)
        || TABLES.contains(&first)
        || first.starts_with(CURVES)
        || is_chosen(first)
        || is_heading(first)
        || is_object(start)
        || is_list(start)
}

/// The columns that somebody can choose for a table of ours.
const COLUMNS: &[&str] = &[
    "rank",
    "id",
    "score",
    "date",
    "date_precision",
    "headline",
    "authors",
    "section",
    "publication",
    "url",
    "path",
    "snippet",
    "text",
    "words",
    "language",
    "format",
    "record",
    "problems",
];

/// A page or a text of ours to print.
fn is_document(start: &str) -> bool {
    start.starts_with("<!-- written by newsearch -->")
        || (start.starts_with("<!doctype html>")
            && start.contains(r#"<meta name="generator" content="newsearch">"#))
}

/// The same for Word. `head` is the beginning of the file.
pub fn is_own_docx(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
        && memchr::memmem::find(head, b"<Application>newsearch</Application>").is_some()
}

/// A table of columns that somebody chose: of ours only, with some that no one else names so. Without them it
/// may be anybody's.
fn is_chosen(line: &str) -> bool {
    let has = |column| line.split(',').any(|name| name == column);
    line.split(',').all(|name| COLUMNS.contains(&name))
        && (has("date_precision") || has("snippet") && (has("rank") || has("score") || has("record")))
}

/// References of ours, which name the ids; or ids alone.
fn is_list(start: &str) -> bool {
    let begins_with = |begin: &str| start.starts_with(begin);
    let is_id = |line: &str| line.len() >= 16 && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    (begins_with("TY  - NEWS\n") && start.contains("\nID  - "))
        || (begins_with("@article{") && start.contains("  note = {id "))
        || (begins_with("[\n{\"id\":") && start.contains(",\"type\":\"article-newspaper\","))
        || (begins_with("[\n  {\n    \"id\": ") && start.contains("    \"type\": \"article-newspaper\","))
        || start.lines().next().is_some_and(is_id) && start.lines().take(8).all(is_id)
}

/// `12 articles · read as: flood`, `1 to 10 of 47 articles, 40 counting copies once · read as: flood`.
fn is_heading(line: &str) -> bool {
    let Some((counted, _)) = line.split_once(" · read as: ") else { return false };
    let counted = counted.split(" · ").next().unwrap_or_default();
    counted.starts_with(|c: char| c.is_ascii_digit() || c == 'a') && counted.contains(" article")
}

fn is_object(start: &str) -> bool {
    if !start.starts_with('{') {
        return false;
    }
    let dense: String = start.chars().filter(|c| !c.is_whitespace()).take(64).collect();
    if dense.starts_with(r#"{"rank":"#) {
        return ["\"id\":", "\"score\":", "\"path\":", "\"record\":"].iter().all(|key| start.contains(key));
    }
    let Some(rest) = dense.strip_prefix(r#"{"format_version":"#) else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    SECOND_KEYS
        .iter()
        .any(|key| rest.strip_prefix(",\"").is_some_and(|rest| rest.starts_with(&format!("{key}\":"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_articles_are_like_is_none_of_ours() {
        for text in [
            "rank,id,score\n1,a,2\n",
            "date,headline,text\n2025-01-01,Flood,The weir broke.\n",
            "id,date,headline,body\na,2025-01-01,Flood,The weir broke.\n",
            "abstract,web_url,snippet,lead_paragraph,headline\n",
            "date,headline,snippet,url\n",
            "date_precision,body\n",
            "{\"rank\":1,\"title\":\"Flood\",\"body\":\"The weir broke.\"}",
            "{\"format_version\":3,\"headline\":\"Flood\",\"body\":\"The weir broke.\"}",
            "12 articles of the treaty\n\nThe treaty was read as: a beginning.\n",
            "Flood in Ellery\n\nThe weir broke.\n",
        ] {
            assert!(!is_own(text), "{text}");
        }
    }
}
