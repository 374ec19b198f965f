//! Documents to print and hand on: a list, and a dossier with a cover, contents, whole texts and citations.

use std::fs;
use std::io::{Cursor, Read as _};

use quick_xml::events::Event;

use crate::harness::{Newsroom, markdown};

const KINDS: [&str; 3] = ["html", "docx", "md"];

fn room() -> Newsroom {
    Newsroom::indexed(&[
        (
            "a.json",
            r#"{"headline": "Weir & <b>bridge</b>", "author": "Jo Ek", "date": "2025-03-01",
            "body": "The weir broke, and the weirs of the valley held.\n\n- A list it is not.\n\n12. No number either."}"#,
        ),
        (
            "b.json",
            r#"{"headline": "Weir mended", "authors": ["Ana Sousa", "Bo Ek"], "date": "2025-03-02",
            "body": "The weir 5 < 6 > 4 \"was\" mended & holds *well* _and_ `good`."}"#,
        ),
        (
            "c.json",
            r#"{"headline": "Weir sold", "body": "ELLERY – The weir was sold.\n\nNobody knows why.", "date": "2025", "url": "javascript:alert(1)", "publication": "Ellery Courier"}"#,
        ),
        (
            "d.json",
            r#"{"headline": "سد", "body": "weir سد قديم في الوادي", "language": "ar", "url": "https://courier.example/4?a=1&b=2"}"#,
        ),
        (
            "e.json",
            r#"{"body": "An old weir, of which no more is known than that it stood at the mill for two hundred years."}"#,
        ),
        ("f.md", &markdown("Truce", "Jo Ek", "World", "2025-03-03", "A truce.")),
    ])
}

/// The text of a document, as somebody would read it.
fn text_of(kind: &str, bytes: &[u8]) -> String {
    let text = match kind {
        "docx" => {
            let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut text = String::new();
            zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
            text
        }
        _ => String::from_utf8(bytes.to_vec()).unwrap(),
    };
    if kind == "md" {
        return text.replace('\\', "").replace("**", "");
    }
    let mut shown = String::new();
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => shown.push(c),
            _ => {}
        }
    }
    shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn dossier(room: &Newsroom, kind: &str, name: &str) -> Vec<u8> {
    room.run(&["export", "weir", "--dossier", "--format", kind, "--sort", "oldest", "-o", name])
        .done()
        .prints("")
        .says("5 articles · into")
        .says(".receipt.json` · read as: weir");
    fs::read(room.path(name)).unwrap()
}

#[test]
fn a_dossier_holds_everything_in_each_format() {
    let room = room();
    for kind in KINDS {
        let name = format!("weir.{kind}");
        let bytes = dossier(&room, kind, &name);
        let text = text_of(kind, &bytes);
        for wanted in [
            "5 articles",
            "Read as",
            "6 articles, 1 Mar 2025 to 3 Mar 2025, 2 undated",
            &format!("weir.{kind}.receipt.json, checksum "),
            "Weir & bridge",
            "The weir broke, and the weirs of the valley held.",
            "- A list it is not.",
            "12. No number either.",
            "The weir 5 < 6 > 4 \"was\" mended & holds *well* _and_ `good`.",
            "Ana Sousa, Bo Ek",
            "Sousa, A., & Ek, B. (2025, March 2). Weir mended.",
            "The weir was sold.",
            "Nobody knows why.",
            "سد قديم في الوادي",
            "https://courier.example/4?a=1&b=2",
            "An old weir, of which no more is known",
            "corpus/c.json",
        ] {
            assert!(text.contains(wanted), "{kind} lacks {wanted}:\n{text}");
        }
        assert!(!text.contains("Truce"), "{kind}");
        let again = room.run(&["verify-receipt", &format!("{name}.receipt.json")]).done();
        again.prints("unchanged").prints("5 articles then, 5 now");
    }
}

#[test]
fn a_page_marks_what_matches_links_its_contents_and_runs_nothing() {
    let room = room();
    let page = String::from_utf8(dossier(&room, "html", "weir.html")).unwrap();
    let mut marks = 0;
    for id in room.answer(&["weir"]).ids() {
        let shown = room.run(&["show", id, "weir", "--json"]).done().json();
        marks += shown["matches"].as_array().unwrap().len();
    }
    assert_eq!(page.matches("<mark>").count(), marks, "{page}");
    assert!(page.contains("the <mark>weirs</mark> of the valley"), "{page}");
    for number in 1..=5 {
        assert_eq!(page.matches(&format!("href=\"#a{number}\"")).count(), 1);
        assert_eq!(page.matches(&format!("id=\"a{number}\"")).count(), 1);
    }
    assert!(
        !page.contains("<script") && !page.contains("href=\"javascript") && !page.contains("src="),
        "{page}"
    );
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("<a href=\"https://courier.example/4?a=1&amp;b=2\""), "{page}");
}

#[test]
fn a_document_for_word_is_well_formed() {
    let room = room();
    let bytes = dossier(&room, "docx", "weir.docx");
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for at in 0..zip.len() {
        let mut text = String::new();
        zip.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) != Event::Eof {}
    }
    // The readers of other programs make of it what was written: so do ours, once it is not known as ours.
    let text = text_of("docx", &bytes);
    assert!(text.contains("1. Weir sold"), "{text}");
}

#[test]
fn a_list_has_the_lines_that_show_why() {
    let room = room();
    for kind in ["html", "docx"] {
        let name = format!("list.{kind}");
        room.run(&["export", "weir", "--format", kind, "-o", &name]).done().says("5 articles · into");
        let text = text_of(kind, &fs::read(room.path(&name)).unwrap());
        assert!(text.contains("The weir was sold.") && text.contains("5 articles"), "{text}");
        assert!(!text.contains("checksum") && !text.contains("Contents"), "{text}");
        assert!(!room.path(&format!("{name}.receipt.json")).exists());
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_is_written_for_nothing() {
    let room = room();
    fs::write(room.path("weir.html.receipt.json"), "kept").unwrap();
    let words = ["export", "weir", "--dossier", "-o", "weir.html"];
    room.run(&words).fails().says("`weir.html.receipt.json` is there already");
    assert!(!room.path("weir.html").exists());
    assert_eq!(fs::read_to_string(room.path("weir.html.receipt.json")).unwrap(), "kept");
    room.run(&[&words[..], &["--force"]].concat()).done();
    assert!(fs::read_to_string(room.path("weir.html.receipt.json")).unwrap().contains("checksum"));
    room.run(&["export", "zebra", "--dossier", "-o", "zebra.html"]).nothing().says("no file is written");
    assert!(!room.path("zebra.html").exists() && !room.path("zebra.html.receipt.json").exists());
    // A receipt goes with any format.
    room.run(&["export", "weir", "--receipt", "r.json"])
        .done()
        .says("receipt in `r.json`")
        .prints("Weir sold");
    room.run(&["verify-receipt", "r.json"]).done();
    // What goes to a pipe has none, and says nothing of one.
    let page = room.run(&["export", "weir", "--dossier"]).done();
    assert!(page.stdout.starts_with("<!doctype html>") && !page.stdout.contains("Receipt"), "{page}");
    let bytes = room.run(&["export", "weir", "--dossier", "--format", "md"]).done().stdout;
    assert!(bytes.starts_with("<!-- written by newsearch -->"), "{bytes}");
}

#[test]
fn documents_of_ours_are_no_articles() {
    let room = room();
    for kind in KINDS {
        room.run(&["export", "weir", "--dossier", "--format", kind, "-o", &format!("corpus/weir.{kind}")])
            .done();
    }
    room.run(&["export", "weir", "--format", "html", "-o", "corpus/list.html"]).done();
    room.run(&["export", "weir", "--format", "docx", "-o", "corpus/list.docx"]).done();
    room.run(&["index", "corpus"])
        .done()
        .prints("8 × written by newsearch: no article")
        .prints("holds 6 articles");
}

#[test]
fn what_does_not_go_together_is_said() {
    let room = room();
    for (words, said) in [
        (&["--dossier", "--format", "csv"][..], "a dossier is a document"),
        (&["--dossier", "--style", "ris"], "a dossier cites in words"),
        (&["--format", "docx", "--bom"], "`--bom` is for text"),
        (&["-o", "a.html", "--receipt", "a.html"], "the articles and their receipt cannot be one file"),
        (&["--force"], "`--force` replaces a file, and none is written"),
        (&["--dossier", "--columns", "id"], "`--columns` are those of a table"),
    ] {
        room.run(&[&["export", "weir"], words].concat()).fails().says(said);
    }
    for (style, cited) in [
        ("mla", "Sousa, Ana, and Bo Ek. “Weir mended.”"),
        ("chicago", "March 2, 2025"),
        ("harvard", "Weir mended"),
    ] {
        room.run(&["export", "mended", "--dossier", "--format", "md", "--style", style]).done().prints(cited);
    }
}
