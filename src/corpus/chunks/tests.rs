#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::article::Article;
use crate::corpus::{Outcome, read, walk};
use proptest::prelude::*;
use std::fs;
use std::io::Write as _;

/// A folder with one file, and the file as the walk sees it.
fn source(name: &str, bytes: &[u8]) -> (tempfile::TempDir, Arc<SourceFile>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let source = walk(folder.path()).next().unwrap().unwrap();
    (folder, Arc::new(source))
}

/// Everything that is read from a file cut into pieces of a size.
fn outcomes(source: &Arc<SourceFile>, sizes: Sizes) -> Vec<Outcome> {
    let chunks = chunks_of(source, sizes);
    chunks.flat_map(|chunk| chunk.map_or_else(|p| vec![Outcome::Problem(p)], |chunk| read(&chunk))).collect()
}

fn articles(outcomes: Vec<Outcome>) -> Vec<Article> {
    outcomes
        .into_iter()
        .map(|outcome| match outcome {
            Outcome::Article(article) => *article,
            Outcome::Problem(problem) => panic!("{problem}"),
        })
        .collect()
}

fn problems(outcomes: &[Outcome]) -> Vec<String> {
    outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Article(_) => None,
            Outcome::Problem(p) => Some(match p.record {
                Some(record) => format!("{record}: {}", p.message),
                None => p.message.clone(),
            }),
        })
        .collect()
}

const SMALL: Sizes = Sizes { piece: 64, large_json: 0, largest: 10_000 };

fn lines(count: usize) -> String {
    (1..=count)
        .map(|i| format!("{{\"id\":\"n{i}\",\"headline\":\"Bridge {i}\",\"body\":\"Text {i}.\"}}\n"))
        .collect()
}

#[test]
fn json_lines_in_pieces_are_the_same_records() {
    let (_folder, source) = source("a.jsonl", lines(50).as_bytes());
    let whole = articles(outcomes(&source, SIZES));
    assert_eq!(whole.len(), 50);
    assert_eq!(whole.last().unwrap().record, 50);
    assert_eq!(articles(outcomes(&source, SMALL)), whole);
}

#[test]
fn one_bad_line_is_one_problem_with_its_number() {
    let text = lines(20).replace("{\"id\":\"n7\"", "{\"id\":n7");
    let (_folder, source) = source("a.jsonl", text.as_bytes());
    for sizes in [SIZES, SMALL] {
        let found = outcomes(&source, sizes);
        assert_eq!(problems(&found), ["7: not valid JSON: expected ident at character 8"]);
        assert_eq!(found.len(), 20);
    }
}

#[test]
fn a_json_list_in_pieces_is_the_same_records() {
    let list: Vec<String> = lines(30).lines().map(str::to_string).collect();
    for text in
        [format!("[{}]", list.join(",\n")), format!("{{\"count\":30,\"articles\":[{}]}}", list.join(","))]
    {
        let (_folder, source) = source("a.json", text.as_bytes());
        let whole = articles(outcomes(&source, SIZES));
        assert_eq!(whole.len(), 30);
        assert_eq!(articles(outcomes(&source, SMALL)), whole);
    }
}

#[test]
fn a_table_in_pieces_is_the_same_records() {
    let rows: String =
        (1..=30).map(|i| format!("n{i},Bridge {i},\"Text {i},\n\nwith a \"\"quote\"\".\"\n")).collect();
    let (_folder, source) = source("a.csv", format!("id,title,text\n{rows}").as_bytes());
    let whole = articles(outcomes(&source, SIZES));
    assert_eq!(whole.len(), 30);
    assert_eq!(whole.last().unwrap().record, 30);
    assert_eq!(articles(outcomes(&source, SMALL)), whole);
}

#[test]
fn sgml_in_pieces_is_the_same_records() {
    let text: String = (1..=30)
        .map(|i| format!("<DOC>\n<DOCNO> n{i} </DOCNO>\n<HEAD>Bridge {i}</HEAD>\n<TEXT>\nText {i} of a bridge.\n</TEXT>\n</DOC>\n"))
        .collect();
    let (_folder, source) = source("a.sgm", text.as_bytes());
    let whole = articles(outcomes(&source, SIZES));
    assert_eq!(whole.len(), 30);
    assert_eq!(whole.iter().map(|a| a.record).collect::<Vec<_>>(), (1..=30).collect::<Vec<_>>());
    assert_eq!(articles(outcomes(&source, SMALL)), whole);
}

#[test]
fn a_record_over_the_limit_is_a_problem_and_the_rest_is_read() {
    let text = format!("{}{{\"body\":\"{}\"}}\n{}", lines(1), "x".repeat(20_000), lines(1));
    let (_folder, source) = source("a.jsonl", text.as_bytes());
    let found = outcomes(&source, SMALL);
    assert_eq!(found.len(), 3);
    assert_eq!(problems(&found), ["2: 1 MB of text in one article: the limit is 0 MB"]);
    assert!(matches!(found.last(), Some(Outcome::Article(article)) if article.record == 3));
}

#[test]
fn fifty_megabytes_are_read_and_half_a_gigabyte_is_refused() {
    let paragraph =
        "The bridge over the Ruska was closed on Monday, and nobody knows when it will open again.\n\n";
    let text = format!("Bridge closed\n\n{}", paragraph.repeat(50_000_000 / paragraph.len()));
    let (_folder, large) = source("a.txt", text.as_bytes());
    let found = articles(outcomes(&large, SIZES));
    assert!(found.first().unwrap().body.len() > 49_000_000);

    let (folder, _) = source("b.txt", b"");
    let mut file = fs::File::create(folder.path().join("b.txt")).unwrap();
    file.write_all(b"Bridge closed, and then nothing but what a disk makes of it: ").unwrap();
    file.write_all(&b"words ".repeat(7)).unwrap();
    file.write_all(&b"words\n".repeat(20_000)).unwrap();
    file.set_len(500_000_000).unwrap();
    let huge = Arc::new(walk(folder.path()).next().unwrap().unwrap());
    assert_eq!(problems(&outcomes(&huge, SIZES)), ["0.5 GB of text in one article: the limit is 64 MB"]);
}

#[test]
fn sixteen_bit_text_is_read_in_pieces_too() {
    let text = lines(40).replace("Bridge", "Brücke");
    let bytes: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (_folder, source) = source("a.jsonl", &bytes);
    let found = articles(outcomes(&source, SMALL));
    assert_eq!(found.len(), 40);
    assert_eq!(found.first().unwrap().headline, "Brücke 1");
}

#[test]
fn old_encodings_and_broken_bytes() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(
        "Brücke gesperrt\n\nDie Brücke über den Fluß bleibt für Wochen gesperrt, sagte die Bürgermeisterin.",
    );
    let (_folder, old) = source("a.txt", &bytes);
    let found = articles(outcomes(&old, SIZES));
    assert_eq!(found.first().unwrap().headline, "Brücke gesperrt");
    assert_eq!(found.first().unwrap().problems, Vec::<String>::new());
    let mut bytes =
        "Brücke gesperrt\n\nDie Brücke über den Fluß bleibt für Wochen gesperrt: ".as_bytes().to_vec();
    bytes.extend(b"\xff\n");
    let (_folder, broken) = source("a.txt", &bytes);
    let found = articles(outcomes(&broken, SIZES));
    assert_eq!(found.first().unwrap().problems, ["bytes that mean nothing in UTF-8 stand as `\u{FFFD}`"]);
}

#[test]
fn what_holds_no_article_is_said() {
    for (name, bytes, expected) in [
        ("a.txt", &b""[..], "the file is empty"),
        ("a.txt", b" \n", "the file is empty"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "not an article format: `.jpg` picture"),
        ("a.csv", b"title,text\n", "a table of a header alone: no article"),
        ("a.csv", b"\xef\xbb\xbftitle;text\r\n\r\n;\r\n", "a table of a header alone: no article"),
        ("a.csv", b"title\ttext\n\"", "a table of a header alone: no article"),
        ("a.json", b"[]", "an empty list: no article"),
        ("a.json", b"[\n\n\n\n\n\n\n\n\n\n\n\n\n\n]", "an empty list: no article"),
        ("a.jsonl", b"{}\n", "no headline and body: not an article"),
        ("a.sgm", b"<DOC></DOC>", "a record without headline and text"),
        (
            "a.csv.zst",
            &zstd::encode_all(&b"title,text\n"[..], 3).unwrap(),
            "a table of a header alone: no article",
        ),
    ] {
        let (_folder, source) = source(name, bytes);
        assert_eq!(problems(&outcomes(&source, SIZES)), [expected], "{name}");
    }
    let (_folder, list) = source("a.json", format!("[{}]", " ".repeat(90)).as_bytes());
    let cut = Sizes { piece: 8, large_json: 10, largest: 100 };
    assert_eq!(problems(&outcomes(&list, cut)), ["no article inside"]);
    let (folder, gone) = source("a.txt", b"text");
    drop(folder);
    assert_eq!(problems(&outcomes(&gone, SIZES)), ["there is no such file or folder"]);
}

/// How large a compressed document is shows only while it is read.
#[test]
fn large_json_is_cut_at_its_elements_when_it_is_packed_too() {
    let list = format!("[{}]", lines(200).trim_end().replace('\n', ","));
    let sizes = Sizes { piece: 256, large_json: 1000, largest: 10_000 };
    let (_plain_folder, plain) = source("a.json", list.as_bytes());
    let (_packed_folder, packed) = source("a.json.zst", &zstd::encode_all(list.as_bytes(), 3).unwrap());
    let (plain, packed) = (articles(outcomes(&plain, sizes)), articles(outcomes(&packed, sizes)));
    let text = |articles: &[Article]| -> Vec<(u32, String)> {
        articles.iter().map(|article| (article.record, article.headline.clone())).collect()
    };
    assert_eq!(packed.len(), 200);
    assert_eq!(text(&packed), text(&plain));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However a file of any kind is damaged, reading it ends, and says something.
    #[test]
    fn damage_never_goes_unsaid(
        name in "a\\.(txt|md|json|jsonl|sgm|html|csv|dat)",
        at in 0usize..400,
        noise in proptest::collection::vec(any::<u8>(), 0..12),
        length in 1usize..400,
    ) {
        let text = match name.as_str() {
            "a.sgm" => "<DOC>\n<DOCNO> 1 </DOCNO>\n<TEXT>\nThe bridge.\n</TEXT>\n</DOC>\n".repeat(4),
            "a.json" => format!("[{}]", lines(6).trim_end().replace('\n', ",")),
            "a.jsonl" => lines(6),
            "a.csv" => "title,text\n\"A\",\"b\"\nC,d\n".to_string(),
            _ => "---\ntitle: Bridge\n---\n<p>The bridge is closed.</p>\n\n# More\n".to_string(),
        };
        let mut bytes = text.into_bytes();
        let at = at.min(bytes.len());
        bytes.splice(at..(at + noise.len()).min(bytes.len()), noise);
        bytes.truncate(length);
        let (_folder, source) = source(&name, &bytes);
        prop_assert!(!outcomes(&source, SMALL).is_empty());
        prop_assert!(!outcomes(&source, SIZES).is_empty());
    }
}
