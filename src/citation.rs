//! How an article is cited: in the styles of four handbooks, and for reference managers.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::article::{Article, DatePrecision};
use crate::choice::choice;
use crate::query::Certainty;

choice! {
    "style of citing";
    /// A style of citing.
    pub enum Style {
        /// APA, 7th edition.
        Apa => "apa",
        /// MLA, 9th edition.
        Mla => "mla",
        /// Chicago, notes and bibliography.
        Chicago => "chicago",
        /// Harvard, as in Cite Them Right.
        Harvard => "harvard",
        /// BibTeX.
        Bibtex => "bibtex",
        /// RIS.
        Ris => "ris",
        /// CSL-JSON: see [`csl`].
        CslJson => "csl-json",
    }
}

/// Words in the names of agencies and desks, which have no given name.
const ORGANISATIONS: &[&str] = &[
    "press",
    "agency",
    "staff",
    "desk",
    "newsroom",
    "editors",
    "reporters",
    "correspondent",
    "bureau",
    "news",
    "service",
];

/// Words that begin a family name.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin",
    "ibn", "ter", "zu",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// MLA's short names of months.
const MLA_MONTHS: [&str; 12] =
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/// A name, parted as reference lists need it.
#[derive(Debug, PartialEq, Eq)]
struct Name<'a> {
    given: &'a str,
    family: &'a str,
}

/// A date, as far as it is known.
struct Published {
    day: Date,
    month_known: bool,
    day_known: bool,
    /// It is a guess: no more than about the month is said.
    circa: bool,
}

/// The article in a style, as plain text without a line break at its end; `publication` goes before what it
/// says of itself.
pub fn cite(article: &Article, style: Style, publication: Option<&str>) -> String {
    let publication = publication.or(article.publication.as_deref());
    let url = article.url.as_deref();
    let authors: Vec<Name<'_>> = article.authors.iter().map(|author| Name::of(author)).collect();
    let published = Published::of(article);
    let title = article.title();
    let headline = title.as_ref();
    match style {
        Style::Apa => linked(apa(&authors, published.as_ref(), headline, publication), url),
        Style::Mla => mla(&authors, published.as_ref(), headline, publication, url),
        Style::Chicago => {
            linked(chicago(&authors, published.as_ref(), headline, publication), url)
                + url.map_or("", |_| ".")
        }
        Style::Harvard => available(harvard(&authors, published.as_ref(), headline, publication), url),
        Style::Bibtex => bibtex(article, &authors, published.as_ref(), headline, publication),
        Style::CslJson => csl(article, publication).to_string(),
        Style::Ris => ris(article, &authors, published.as_ref(), headline, publication),
    }
}

/// The address behind a citation.
fn linked(citation: String, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("{citation} {url}"),
        None => citation,
    }
}

/// Harvard's way.
fn available(citation: String, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("{citation} Available at: {url}."),
        None => citation,
    }
}

/// MLA leaves out what every address begins with.
fn bare(url: &str) -> &str {
    url.trim_start_matches("https://").trim_start_matches("http://")
}

/// The article as an item of CSL-JSON.
pub fn csl(article: &Article, publication: Option<&str>) -> Value {
    let publication = publication.or(article.publication.as_deref());
    let mut item = Map::new();
    item.insert("id".to_owned(), json!(article.id));
    item.insert("type".to_owned(), json!("article-newspaper"));
    item.insert("title".to_owned(), json!(article.title()));
    let author = |author: &String| match Name::of(author) {
        Name { given: "", family } => json!({ "literal": family }),
        Name { given, family } => json!({ "family": family, "given": given }),
    };
    if !article.authors.is_empty() {
        item.insert("author".to_owned(), article.authors.iter().map(author).collect());
    }
    if let Some(published) = Published::of(article) {
        let mut parts = vec![i32::from(published.day.year())];
        parts.extend(published.month_known.then(|| i32::from(published.day.month())));
        parts.extend(published.day_known.then(|| i32::from(published.day.day())));
        let issued = match published.circa {
            false => json!({ "date-parts": [parts] }),
            true => json!({ "date-parts": [parts], "circa": true }),
        };
        item.insert("issued".to_owned(), issued);
    }
    let optional = [
        ("container-title", publication),
        ("URL", article.url.as_deref()),
        ("section", article.section.as_deref()),
        ("language", article.language.as_deref()),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            item.insert(key.to_owned(), json!(value));
        }
    }
    Value::Object(item)
}

impl<'a> Name<'a> {
    fn of(author: &'a str) -> Self {
        let author = author.trim();
        let whole = Self { given: "", family: author };
        let is_organisation = |word: &str| ORGANISATIONS.contains(&word.to_lowercase().as_str());
        if author.split_whitespace().any(is_organisation) {
            return whole;
        }
        let Some((mut given, _)) = author.rsplit_once(char::is_whitespace) else { return whole };
        while let Some((before, word)) = given.rsplit_once(char::is_whitespace) {
            if !PARTICLES.contains(&word.to_lowercase().as_str()) {
                break;
            }
            given = before.trim_end();
        }
        Self { given, family: author.get(given.len()..).unwrap_or_default().trim_start() }
    }

    /// `A. M.`, and `J.-P.` for Jean-Pierre.
    fn initials(&self) -> String {
        let initial = |part: &str| part.chars().next().map(|c| format!("{}.", c.to_uppercase()));
        let word = |word: &str| word.split('-').filter_map(initial).collect::<Vec<_>>().join("-");
        self.given.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
    }

    fn family_and(&self, given: &str) -> String {
        if given.is_empty() { self.family.to_owned() } else { format!("{}, {given}", self.family) }
    }

    fn in_order(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

impl Published {
    fn of(article: &Article) -> Option<Self> {
        let date = article.date?;
        let certainty = Certainty::of(date.precision);
        Some(Self {
            day: date.day,
            month_known: date.precision != DatePrecision::Year,
            day_known: certainty == Certainty::Exact,
            circa: certainty == Certainty::Guessed,
        })
    }

    /// The date as a style writes it, `ca.` in front of a guess.
    fn about(&self, date: String) -> String {
        if self.circa { format!("ca. {date}") } else { date }
    }

    fn year(&self) -> i16 {
        self.day.year()
    }

    fn month(&self, names: &[&'static str; 12]) -> &'static str {
        let at = usize::from(self.day.month().unsigned_abs()) - 1;
        names.get(at).copied().unwrap_or_default()
    }
}

/// The text with a full stop, unless it ends a sentence already.
fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[String], before_last: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}{before_last}{last}", first.join(", ")),
    }
}

fn apa(
    authors: &[Name<'_>],
    published: Option<&Published>,
    headline: &str,
    publication: Option<&str>,
) -> String {
    let names: Vec<String> = authors.iter().map(|name| name.family_and(&name.initials())).collect();
    let date = published.map_or("n.d.".to_owned(), |p| match (p.month_known, p.day_known) {
        (false, _) => p.year().to_string(),
        (true, false) => p.about(format!("{}, {}", p.year(), p.month(&MONTHS))),
        (true, true) => format!("{}, {} {}", p.year(), p.month(&MONTHS), p.day.day()),
    });
    let publication = publication.map(|name| format!(" {}", stopped(name))).unwrap_or_default();
    if names.is_empty() {
        return format!("{} ({date}).{publication}", stopped(headline));
    }
    format!("{} ({date}). {}{publication}", stopped(&listed(&names, ", & ")), stopped(headline))
}

fn mla(
    authors: &[Name<'_>],
    published: Option<&Published>,
    headline: &str,
    publication: Option<&str>,
    url: Option<&str>,
) -> String {
    let names = match authors {
        [] => String::new(),
        [one] => one.family_and(one.given),
        [one, two] => format!("{}, and {}", one.family_and(one.given), two.in_order()),
        [one, ..] => format!("{}, et al", one.family_and(one.given)),
    };
    let date = published.map(|p| match (p.month_known, p.day_known) {
        (false, _) => p.year().to_string(),
        (true, false) => p.about(format!("{} {}", p.month(&MLA_MONTHS), p.year())),
        (true, true) => format!("{} {} {}", p.day.day(), p.month(&MLA_MONTHS), p.year()),
    });
    let date_and_url: Vec<String> = date.into_iter().chain(url.map(|url| bare(url).to_owned())).collect();
    quoted_and_placed(
        &names,
        headline,
        publication,
        Some(date_and_url.join(", ")).filter(|text| !text.is_empty()),
    )
}

fn chicago(
    authors: &[Name<'_>],
    published: Option<&Published>,
    headline: &str,
    publication: Option<&str>,
) -> String {
    let names: Vec<String> = authors
        .iter()
        .enumerate()
        .map(|(at, name)| if at == 0 { name.family_and(name.given) } else { name.in_order() })
        .collect();
    let date = published.map(|p| match (p.month_known, p.day_known) {
        (false, _) => p.year().to_string(),
        (true, false) => p.about(format!("{} {}", p.month(&MONTHS), p.year())),
        (true, true) => format!("{} {}, {}", p.month(&MONTHS), p.day.day(), p.year()),
    });
    quoted_and_placed(&listed(&names, ", and "), headline, publication, date)
}

/// `Names. “Headline.” Publication, date.`
fn quoted_and_placed(names: &str, headline: &str, publication: Option<&str>, date: Option<String>) -> String {
    let names = if names.is_empty() { String::new() } else { format!("{} ", stopped(names)) };
    let placed: Vec<String> = publication.map(str::to_owned).into_iter().chain(date).collect();
    let placed = if placed.is_empty() { String::new() } else { format!(" {}.", placed.join(", ")) };
    format!("{names}“{}”{placed}", stopped(headline))
}

fn harvard(
    authors: &[Name<'_>],
    published: Option<&Published>,
    headline: &str,
    publication: Option<&str>,
) -> String {
    let names: Vec<String> = authors.iter().map(|name| name.family_and(&name.initials())).collect();
    let year = published.map_or("no date".to_owned(), |p| p.about(p.year().to_string()));
    let day = published.and_then(|p| match (p.month_known, p.day_known) {
        (false, _) => None,
        (true, false) => Some(p.month(&MONTHS).to_owned()),
        (true, true) => Some(format!("{} {}", p.day.day(), p.month(&MONTHS))),
    });
    let placed: Vec<String> = publication.map(str::to_owned).into_iter().chain(day).collect();
    let placed = if placed.is_empty() { String::new() } else { format!(", {}", placed.join(", ")) };
    if names.is_empty() {
        return format!("‘{headline}’ ({year}){placed}.");
    }
    format!("{} ({year}) ‘{headline}’{placed}.", listed(&names, " and "))
}

fn bibtex(
    article: &Article,
    authors: &[Name<'_>],
    published: Option<&Published>,
    headline: &str,
    publication: Option<&str>,
) -> String {
    let year = published.map(|p| p.year().to_string());
    let mut fields = vec![("title", format!("{{{}}}", tex(headline)))];
    if !authors.is_empty() {
        let name = |name: &Name<'_>| match name.given {
            // Braces keep an organisation's name from being parted.
            "" => format!("{{{}}}", tex(name.family)),
            given => tex(&name.family_and(given)),
        };
        fields.push(("author", authors.iter().map(name).collect::<Vec<_>>().join(" and ")));
    }
    fields.extend(publication.map(|name| ("journal", tex(name))));
    fields.extend(year.clone().map(|year| ("year", year)));
    if let Some(p) = published.filter(|p| p.month_known) {
        fields.push(("month", p.day.month().to_string()));
        if p.day_known {
            fields.push(("day", p.day.day().to_string()));
        }
    }
    fields.extend(article.url.as_deref().map(|url| ("url", in_braces(url))));
    let circa = if published.is_some_and(|p| p.circa) { ", date uncertain" } else { "" };
    fields.push(("note", format!("id {}{circa}", tex(&article.id))));
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    let family = authors.first().map_or("anonymous", |name| name.family);
    let word = headline.split_whitespace().find(|word| word.chars().count() > 3).unwrap_or_default();
    let key = format!("{family}{}{word}", year.unwrap_or_default());
    let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    let key = format!("{}-{}", key.to_lowercase(), key_of(&article.id));
    format!("@article{{{key},\n{}\n}}", body.join(",\n"))
}

/// What tells an article in a key from others of its writer and year: the beginning of a hash, or all of an
/// id of its own.
fn key_of(id: &str) -> String {
    let is_hash = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let kept = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-');
    kept.take(if is_hash { 8 } else { usize::MAX }).collect()
}

/// An address as BibTeX's `url` has it: as it is, but for what would close its braces.
fn in_braces(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D")
}

/// The text with what TeX would read as commands escaped.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', c]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn ris(
    article: &Article,
    authors: &[Name<'_>],
    published: Option<&Published>,
    headline: &str,
    publication: Option<&str>,
) -> String {
    let mut lines = vec![("TY", "NEWS".to_owned()), ("TI", headline.to_owned())];
    lines.extend(authors.iter().map(|name| ("AU", name.family_and(name.given))));
    lines.extend(publication.map(|name| ("T2", name.to_owned())));
    if let Some(p) = published {
        let month = if p.month_known { format!("{:02}", p.day.month()) } else { String::new() };
        let day = if p.day_known { format!("{:02}", p.day.day()) } else { String::new() };
        lines.push(("PY", p.year().to_string()));
        let circa = if p.circa { "/ca." } else { "" };
        lines.push(("DA", format!("{:04}/{month}/{day}{circa}", p.year())));
    }
    lines.extend(article.section.clone().map(|section| ("SE", section)));
    lines.extend(article.language.clone().map(|language| ("LA", language)));
    lines.extend(article.url.clone().map(|url| ("UR", url)));
    lines.push(("ID", article.id.clone()));
    lines.push(("ER", String::new()));
    let line = |(tag, value): &(&str, String)| format!("{tag}  - {}", value.replace(['\n', '\r'], " "));
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
