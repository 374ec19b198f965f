//! The library, as a program in Rust uses it: what commands show, in few lines.

use std::fs;

use newsearch::index::Snapshot;
use newsearch::ingest;
use newsearch::jiff::civil::date;
use newsearch::search::{SearchRequest, search};

#[test]
fn a_program_asks_as_people_do() {
    let home = tempfile::tempdir().unwrap();
    let (papers, one) = (home.path().join("papers"), home.path().join("one.json"));
    fs::create_dir(&papers).unwrap();
    for (name, section, day) in [("Jo Ek", "World", "2025-03-01"), ("Ana Roe", "Local", "2025-03-02")] {
        let text = format!(
            "---\ntitle: Weir by {name}\nauthor: {name}\nsection: {section}\ndate: {day}\n---\nThe weir holds.\n"
        );
        fs::write(papers.join(format!("{section}.md")), text).unwrap();
    }
    fs::write(&one, r#"{"headline": "Weir", "body": "A weir.", "publication": "Ellery Courier"}"#).unwrap();
    let packed = zstd::encode_all(&b"Weir in a packet\n\nThe weir was packed."[..], 1).unwrap();
    fs::write(papers.join("packed.txt.zst"), packed).unwrap();
    let index = home.path().join("index");
    ingest::index(&index, &[&papers, &one]).unwrap();
    let snapshot = Snapshot::open(&index).unwrap();
    let weir = || SearchRequest::read("weir").unwrap();
    let found = |request: SearchRequest| {
        let hits = search(&snapshot, &request).unwrap().hits;
        let mut files: Vec<String> = hits
            .iter()
            .map(|hit| hit.file(&snapshot).filter(|file| file.exists()).unwrap())
            .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        files
    };
    assert_eq!(found(weir()), ["Local.md", "World.md", "one.json", "packed.txt.zst"]);
    assert_eq!(found(weir().by("Ek")), ["World.md"]);
    assert_eq!(found(weir().in_section("local")), ["Local.md"]);
    assert_eq!(found(weir().of_publication("Courier")), ["one.json"]);
    assert_eq!(found(weir().between(date(2025, 3, 2), date(2025, 3, 9))), ["Local.md"]);
    assert_eq!(found(weir().by("Jo Ek").in_section("local")), Vec::<String>::new());
    assert_eq!(found(SearchRequest::read("*").unwrap()).len(), 4);
}

#[test]
fn what_has_no_safe_reading_is_refused() {
    for text in ["", "  ", "date:2025-02-31", "date:03/04/2025"] {
        assert!(SearchRequest::read(text).is_err(), "{text}");
    }
    assert!(SearchRequest::read("date:yesterday weir").is_ok());
}
