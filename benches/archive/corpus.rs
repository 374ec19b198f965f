//! What is indexed: articles made up of words that are as frequent as words are (Zipf's law), and the same as
//! single files.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde_json::{Value as Json, json};

const WORDS: usize = 60_000;
const SYLLABLES: &[&str] = &[
    "ba", "ce", "di", "fo", "gu", "han", "jel", "kir", "lom", "mun", "na", "pe", "ri", "so", "tu", "van",
    "wel", "xi", "yor", "zan", "ar", "el", "in", "ost", "um", "stra", "pre", "cli", "gro", "blu",
];
/// The commonest words, which every text is full of.
const COMMON: &[&str] = &[
    "the", "of", "to", "in", "and", "a", "said", "on", "for", "it", "that", "is", "was", "by", "from",
    "with", "at", "be", "as", "its",
];
const SECTIONS: &[&str] = &["World", "Politics", "Business", "Sport", "Culture", "Science"];

/// Pseudorandom numbers, the same in every run (xorshift64*; Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() >> 33) as usize % most
    }

    /// A rank with probability about 1/rank.
    fn rank(&mut self) -> usize {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((WORDS as f64).powf(share) as usize).min(WORDS - 1)
    }

    fn word(&mut self) -> String {
        let rank = self.rank();
        match COMMON.get(rank - 1) {
            Some(word) => (*word).to_owned(),
            None => {
                let at = |n: usize| SYLLABLES[n % SYLLABLES.len()];
                [at(rank), at(rank / 30 + 7), at(rank / 900 + rank)].concat()
            }
        }
    }

    fn words(&mut self, number: usize) -> Vec<String> {
        (0..number).map(|_| self.word()).collect()
    }
}

fn capitalised(words: &[String]) -> String {
    let text = words.join(" ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// Writes `articles` articles as JSON Lines.
pub fn write(path: &Path, articles: usize) {
    let mut random = Random(0x6e65_7773);
    let mut out = BufWriter::new(File::create(path).expect("a file"));
    for number in 0..articles {
        let paragraphs: Vec<String> = (0..3 + random.below(6))
            .map(|_| {
                let sentences: Vec<String> = (0..2 + random.below(4))
                    .map(|_| {
                        let length = 8 + random.below(20);
                        capitalised(&random.words(length)) + "."
                    })
                    .collect();
                sentences.join(" ")
            })
            .collect();
        let [first, last] = [(); 2].map(|()| {
            let rank = 100 + random.below(4000);
            capitalised(&[SYLLABLES[rank % 30].to_owned() + SYLLABLES[rank / 30 % 30]])
        });
        let length = 5 + random.below(6);
        let article = json!({
            "id": format!("n{number:07}"),
            "headline": capitalised(&random.words(length)),
            "body": paragraphs.join("\n\n"),
            "author": format!("{first} {last}"),
            "section": SECTIONS[random.below(SECTIONS.len())],
            "date": format!("{}-{:02}-{:02}", 1990 + random.below(35), 1 + random.below(12), 1 + random.below(28)),
        });
        writeln!(out, "{article}").expect("room");
    }
    out.flush().expect("room");
}

/// Writes queries of words that stand in the articles: one word, several, phrases.
pub fn write_queries(path: &Path, corpus: &Path) {
    let mut random = Random(0x7175_6572);
    let mut out = String::new();
    for article in articles(corpus).step_by(97).take(1000) {
        let body = article["body"].as_str().unwrap_or_default();
        let words: Vec<&str> =
            body.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).collect();
        let at = random.below(words.len().saturating_sub(4).max(1));
        let some = |step: usize, number: usize| {
            words.iter().skip(at).step_by(step).take(number).copied().collect::<Vec<_>>().join(" ")
        };
        let query = match random.below(4) {
            0 => some(1, 1),
            1 => some(3, 2),
            2 => some(2, 3),
            _ => format!("\"{}\"", some(1, 2)),
        };
        out += &query;
        out.push('\n');
    }
    fs::write(path, out).expect("room");
}

fn articles(corpus: &Path) -> impl Iterator<Item = Json> {
    let lines = BufReader::new(File::open(corpus).expect("a corpus")).lines();
    lines.map(|line| serde_json::from_str(&line.expect("a line")).expect("JSON"))
}

/// The first `number` articles.
pub fn head(corpus: &Path, to: &Path, number: usize) {
    let mut out = BufWriter::new(File::create(to).expect("a file"));
    for line in BufReader::new(File::open(corpus).expect("a corpus")).lines().take(number) {
        writeln!(out, "{}", line.expect("a line")).expect("room");
    }
    out.flush().expect("room");
}

/// Every article as a file of its own, a thousand in a folder.
pub fn explode(corpus: &Path, folder: &Path, format: &str) {
    for (number, article) in articles(corpus).enumerate() {
        let text = |key: &str| article[key].as_str().unwrap_or_default();
        let below = folder.join(format!("{:04}", number / 1000));
        fs::create_dir_all(&below).expect("a folder");
        let content = if format == "html" { page(&text) } else { plain(&text) };
        fs::write(below.join(format!("{number:07}.{format}")), content).expect("room");
    }
}

fn plain<'a>(text: &impl Fn(&str) -> &'a str) -> String {
    let section = text("section").to_uppercase();
    format!("{}\nBy {}\n{}\n{section}\n\n{}\n", text("headline"), text("author"), text("date"), text("body"))
}

fn page<'a>(text: &impl Fn(&str) -> &'a str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String =
        text("body").split("\n\n").map(|paragraph| format!("<p>{}</p>\n", escaped(paragraph))).collect();
    let menu: String =
        (0..20).map(|n| format!("<li><a href=\"/section/{n}\">Section {n}</a></li>")).collect();
    let [headline, author, section] = ["headline", "author", "section"].map(|key| escaped(text(key)));
    let date = text("date");
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{headline} - The Courier</title>\n\
         <meta property=\"article:published_time\" content=\"{date}\">\n\
         <meta property=\"article:section\" content=\"{section}\"></head>\n\
         <body><nav><ul>{menu}</ul></nav><main><article><h1>{headline}</h1>\n\
         <p class=\"byline\">By {author}</p><time datetime=\"{date}\">{date}</time>\n{paragraphs}</article>\n\
         <aside><h2>Most read</h2><ul><li><a href=\"/1\">Another story</a></li></ul></aside></main>\n\
         <footer>All rights reserved</footer></body></html>\n"
    )
}

/// Changes one of the files in a folder of folders.
pub fn touch(folder: &Path) {
    let first = |dir: &Path| {
        let mut entries: Vec<_> =
            fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        entries.into_iter().next().expect("something in it")
    };
    let file = first(&first(folder));
    let mut out = fs::OpenOptions::new().append(true).open(file).expect("a file");
    writeln!(out, "One more sentence was added later.").expect("room");
}
