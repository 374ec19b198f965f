//! How many web pages are read a second: those of the sample corpus, generated ones of real size, and those
//! of a folder named by the environment variable `NEWSEARCH_PAGES`.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use newsearch::corpus::Context;
use newsearch::corpus::format::html;

fn main() {
    divan::main();
}

/// The pages below a folder, as text.
fn pages_below(folder: &Path) -> Vec<String> {
    let mut pages = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html" || ending == "htm") {
                pages.push(String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned());
            }
        }
    }
    pages
}

/// A page as large as news pages are: a story, much markup around it, styles and scripts.
fn generated(paragraphs: usize, teasers: usize, script_bytes: usize) -> String {
    let mut html =
        String::from("<!DOCTYPE html><html lang=en><head><title>Ferry to Lomma stops running</title>");
    let data = "{\"id\":7,\"url\":\"https://post.example/a\",\"text\":\"<p>no\"},".repeat(script_bytes / 58);
    write!(html, "<style>.a{{b:c}}</style><script>var state=[{data}0];</script></head><body><nav>").unwrap();
    for n in 0..teasers {
        write!(
            html,
            "<div class=\"c-card c-card--small js-item-{n}\" data-id=\"{n}\"><div class=c-card__body><h3 class=c-card__title>\
             <a href=\"/news/{n}\" class=c-link>Headline number {n} of another story</a></h3><svg><path d=\"M0 0\"/></svg></div></div>"
        )
        .unwrap();
    }
    html.push_str("</nav><main><article><h1>Ferry to Lomma stops running</h1><div class=article-body>");
    for n in 0..paragraphs {
        write!(
            html,
            "<p class=\"article__text\">Some two hundred people take it every day, number {n} among them, &ldquo;most of them to \
             work&rdquo; and <a href=/s>school</a>, and the road around the bay takes more than an hour.</p>"
        )
        .unwrap();
    }
    html.push_str("</div></article></main></body></html>");
    html
}

fn read_all(bencher: Bencher, pages: &[String]) {
    let bytes: usize = pages.iter().map(String::len).sum();
    let context = Context { path: "page.html", modified: None, latest: None, map: None, day_month: None };
    bencher
        .counter(ItemsCount::new(pages.len()))
        .counter(BytesCount::new(bytes))
        .bench(|| pages.iter().map(|page| html::read(divan::black_box(page), &context)).collect::<Vec<_>>());
}

#[divan::bench]
fn sample_corpus(bencher: Bencher) {
    read_all(bencher, &pages_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus/web")));
}

#[divan::bench]
fn a_page_of_300_kb(bencher: Bencher) {
    read_all(bencher, &[generated(40, 400, 150_000)]);
}

#[divan::bench]
fn a_page_of_5_mb(bencher: Bencher) {
    read_all(bencher, &[generated(2_000, 10_000, 1_000_000)]);
}

#[divan::bench]
fn a_folder(bencher: Bencher) {
    if let Some(folder) = std::env::var_os("NEWSEARCH_PAGES") {
        read_all(bencher, &pages_below(Path::new(&folder)));
    }
}
