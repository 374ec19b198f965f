//! The header of a wire story: number, priority, category, keyword, version, date and word count.

use jiff::civil::Date;

use super::starts::{is_anpa_keyword_line, is_anpa_number, is_iptc_header};
use crate::article::ArticleDate;
use crate::corpus::Context;

/// What a header says that is of use.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// The letters of the desk: `i`, `pl`.
    category: String,
    /// The story's name on the wire: `Peace-Talks`.
    pub keyword: String,
    /// What follows the keyword, folded: `3rdld-writethru`, `kill`.
    pub version: String,
    /// `1st Add` where this is a part of a longer story.
    pub added: Option<String>,
    month_day: Option<(i8, i8)>,
}

/// What precedes a keyword: the cycle that the story was for.
const CYCLES: &[&str] = &["BC-", "AM-", "PM-", "AP-", "bc-", "am-", "pm-", "ap-"];

/// Desks by the letters of ANPA 1312 and of the agencies that use IPTC 7901.
const DESKS: &[(&str, &str)] = &[
    ("a", "National"),
    ("d", "Food"),
    ("e", "Entertainment"),
    ("f", "Financial"),
    ("i", "International"),
    ("k", "Commentary"),
    ("l", "Lifestyle"),
    ("p", "Politics"),
    ("s", "Sports"),
    ("t", "Travel"),
    ("w", "Washington"),
    ("pl", "Politik"),
    ("wi", "Wirtschaft"),
    ("sp", "Sport"),
    ("ku", "Kultur"),
    ("vm", "Vermischtes"),
];

/// How many lines at the top of a story without control characters belong to its header.
pub(super) fn end(lines: &[&str]) -> usize {
    let mut end = 0;
    let mut named = false;
    for (i, line) in lines.iter().enumerate().take(8) {
        let line = plain(line);
        let line = line.trim();
        let slug = named && is_slug(line);
        let header = line.starts_with("ZCZC")
            || is_iptc_header(line.as_bytes())
            || is_anpa_number(line.as_bytes())
            || is_anpa_keyword_line(line.as_bytes());
        if header || slug {
            named |= header;
            end = i + 1;
        } else if !line.is_empty() {
            break;
        }
    }
    end
}

/// `Bundestag/Kinder`, `Switzerland/migration/UN/`: keywords with slashes and no words between them.
fn is_slug(line: &str) -> bool {
    line.len() <= 70 && line.contains('/') && line.split(' ').count() <= 3
}

/// Control characters are only marks here; the separator of units parts words.
fn plain(line: &str) -> String {
    line.chars()
        .map(|c| if c == '\u{1f}' { ' ' } else { c })
        .filter(|c| !c.is_control() || *c == '\t')
        .collect()
}

impl Header {
    pub fn read(lines: &[&str]) -> Self {
        let mut header = Self::default();
        for line in lines {
            let printable = plain(line);
            let printable = printable.trim();
            let words: Vec<&str> = line
                .split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty())
                .collect();
            if is_anpa_keyword_line(line.trim().as_bytes()) {
                header.read_keyword_line(&words);
            } else if is_iptc_header(printable.as_bytes()) {
                header.category = words.get(2).map(|c| c.to_lowercase()).unwrap_or_default();
            } else if header.keyword.is_empty() && is_slug(printable) {
                header.keyword = printable.trim_end_matches('/').to_string();
            }
        }
        header
    }

    /// `r i BC-Peace-Talks 3rdLd-Writethru 12-02 0400`.
    fn read_keyword_line(&mut self, words: &[&str]) {
        let [_, category, keyword, rest @ ..] = words else { return };
        self.category = category.to_lowercase();
        let date = rest.iter().rposition(|word| month_day(word).is_some()).unwrap_or(rest.len());
        self.month_day = rest.get(date).and_then(|word| month_day(word));
        self.read_keyword(keyword, &rest.get(..date).unwrap_or_default().join(" "));
    }

    /// The keyword and version, in the header or in the first line of the text.
    pub fn read_keyword(&mut self, keyword: &str, version: &str) {
        let bare = CYCLES.iter().find_map(|cycle| keyword.strip_prefix(cycle)).unwrap_or(keyword);
        self.keyword = bare.trim_matches('-').to_string();
        self.version = version.trim().to_lowercase();
        self.added = added(&self.version).or(self.added.take());
    }

    /// The desk, where its letter is one that means the same to everybody.
    pub fn section(&self) -> Option<String> {
        DESKS.iter().find(|(letters, _)| *letters == self.category).map(|(_, name)| (*name).to_string())
    }

    /// Whether it is for editors and not for readers.
    pub fn is_advisory(&self) -> bool {
        self.category == "v"
    }

    /// Month and day, in the latest year that is not past the file's own time.
    pub fn date(&self, context: &Context<'_>) -> Option<ArticleDate> {
        let (month, day) = self.month_day?;
        let today = context.modified?.to_zoned(jiff::tz::TimeZone::UTC).date();
        let in_year = |year: i16| Date::new(year, month, day).ok();
        let this_year = in_year(today.year()).filter(|date| *date <= today.tomorrow().unwrap_or(today));
        let date = this_year.or_else(|| in_year(today.year() - 1))?;
        let precision = crate::article::DatePrecision::Approximate;
        Some(ArticleDate { precision, ..ArticleDate::from_day(date) })
    }
}

/// `12-02`: month and day, or, as Canada writes it, day and month.
fn month_day(word: &str) -> Option<(i8, i8)> {
    let (first, second) = word.split_once('-')?;
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let is = |month: i8, day: i8| (1..=12).contains(&month) && (1..=31).contains(&day);
    if is(first, second) { Some((first, second)) } else { is(second, first).then_some((second, first)) }
}

/// `1st Add` in `1stadd`, `2nd add, 300`.
fn added(version: &str) -> Option<String> {
    let at = version.find("add")?;
    let before = version.get(..at)?.trim_end_matches([' ', '-']);
    let ordinal = before.rsplit([' ', ',']).next().unwrap_or_default();
    let after = version.get(at + 3..)?;
    let whole = after.is_empty() || !after.starts_with(char::is_alphabetic);
    let counted = ordinal.starts_with(|c: char| c.is_ascii_digit());
    (whole && counted).then(|| format!("{ordinal} add"))
}
