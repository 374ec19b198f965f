//! Which paper an article stood in and where on the web: as every format says it, as it is said for a folder,
//! and what can be done with it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::{Newsroom, story};

const BODY: &str = "The bridge over the Lorne was closed to all traffic on Monday after engineers found cracks in two of its piers.";

/// The file, what stands in it, the paper, the address.
type Said<'a> = (&'a str, String, Option<&'a str>, Option<&'a str>);

const COURIER: Option<&str> = Some("Ellery Courier");
const PAGE: Option<&str> = Some("https://courier.example/world/bridge");

/// What `parse` makes of one file.
fn parsed(name: &str, contents: &str, more: &[&str]) -> (Value, Value) {
    let room = Newsroom::new();
    room.write(name, contents);
    let run = room.run(&[&["parse", "corpus", "--json"], more].concat()).done();
    let articles = run.json_lines();
    assert!(!articles.is_empty(), "{name}\n{run}");
    (articles[0]["publication"].clone(), articles[0]["url"].clone())
}

#[track_caller]
fn are_said(files: &[Said<'_>]) {
    for (name, contents, publication, url) in files {
        let (paper, address) = parsed(name, contents, &[]);
        assert_eq!((paper, address), (json!(publication), json!(url)), "{name}\n{contents}");
    }
}

fn page(head: &str) -> String {
    let title = "<title>Bridge over the Lorne closed</title>";
    format!(
        "<html><head>{title}{head}</head><body><article><h1>Bridge over the Lorne closed</h1><p>{BODY}</p><p>{BODY} Again.</p></article></body></html>"
    )
}

fn graph(article: &str) -> String {
    let json = format!(
        "{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Bridge over the Lorne closed\",{article}}}"
    );
    page(&format!("<script type=\"application/ld+json\">{json}</script>"))
}

#[test]
fn pages_say_their_paper_and_address() {
    let canonical = "<link rel=\"canonical\" href=\"https://courier.example/world/bridge\">";
    are_said(&[
        ("a.html", page("<meta property=\"og:site_name\" content=\"Ellery Courier\">"), COURIER, None),
        ("b.html", page("<meta name=\"application-name\" content=\"Ellery Courier\">"), COURIER, None),
        ("c.html", page(canonical), None, PAGE),
        (
            "d.html",
            page(
                "<meta property=\"og:url\" content=\"https://ana:x@courier.example/world/bridge?utm_source=mail#top\">",
            ),
            None,
            PAGE,
        ),
        // A canonical link to the front page is a fault of the site.
        (
            "e.html",
            page(
                "<link rel=\"canonical\" href=\"https://courier.example/\"><meta property=\"og:url\" content=\"https://courier.example/world/bridge\">",
            ),
            None,
            PAGE,
        ),
        (
            "f.html",
            graph(
                "\"publisher\":{\"@type\":\"Organization\",\"name\":\"Ellery Courier\"},\"url\":\"https://courier.example/world/bridge\"",
            ),
            COURIER,
            PAGE,
        ),
        (
            "g.html",
            graph(
                "\"isPartOf\":{\"@type\":\"Newspaper\",\"name\":\"Ellery Courier\"},\"publisher\":{\"name\":\"Lorne Media\"}",
            ),
            COURIER,
            None,
        ),
        // A page is part of itself.
        (
            "h.html",
            graph(
                "\"isPartOf\":{\"@type\":\"WebPage\",\"name\":\"Bridge closed\"},\"publisher\":[{\"name\":\"courier.example\"},{\"name\":\"Ellery Courier\"}],\"mainEntityOfPage\":{\"@id\":\"https://courier.example/world/bridge\"}",
            ),
            COURIER,
            PAGE,
        ),
        // The publisher stands elsewhere on the page.
        (
            "i.html",
            page(
                "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Bridge over the Lorne closed\",\"publisher\":{\"@id\":\"#o\"}},{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"Ellery Courier\"}]}</script>",
            ),
            COURIER,
            None,
        ),
        ("j.html", graph("\"sourceOrganization\":{\"name\":\"Ellery Courier\"}"), COURIER, None),
        (
            "k.html",
            format!("<!-- saved from url=(0036)https://courier.example/world/bridge -->\n{}", page("")),
            None,
            PAGE,
        ),
        (
            "l.html",
            page(
                "<!--\n Page saved with SingleFile \n url: https://courier.example/world/bridge \n saved date: x -->",
            ),
            None,
            PAGE,
        ),
        ("m.html", page("<meta property=\"og:site_name\" content=\"courier.example\">"), None, None),
        (
            "n.mhtml",
            format!(
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/world/bridge\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{}\r\n--b--\r\n",
                page("")
            ),
            None,
            PAGE,
        ),
    ]);
}

#[test]
fn exports_of_databases_say_their_paper() {
    let nexis = "\n                 1 of 1 DOCUMENTS\n\n\n             Ellery Courier\n\n            December 2, 2025 Tuesday\n                 Final Edition\n\n\
        Bridge closed\n\nBYLINE: Ana Sousa\n\nLENGTH: 9 words\n\nBODY:\n\n   The bridge was closed.\n\nLOAD-DATE: December 3, 2025\n\nURL: https://courier.example/world/bridge\n\n          Copyright 2025 Lorne Media\n";
    let newer = "Bridge closed\nEllery Courier - Final Edition\nDecember 2, 2025 Tuesday 10:12 AM GMT\n\nCopyright 2025 Lorne Media All \
        Rights Reserved\n\nSection: WORLD; Pg. 12\nLength: 9 words\nByline: Ana Sousa\nBody\n\nThe bridge was closed.\n\nIt is \
        old.\n\nClassification\n\nLanguage: ENGLISH\n\nEnd of Document\n\n";
    let factiva = "SE   World\nHD   Bridge closed\nBY   Ana Sousa\nWC   9 words\nPD   2 December 2025\nSN   Ellery Courier\nSC   ELLC\nPUB  Lorne Media\nLA   English\n\n\
        LP\nThe bridge was closed.\n\nTD\nIt is old.\n\nAN   Document ELLC000020251202eac20001\n\nDocument ELLC000020251202eac20001\n\n";
    let bare = "World\nBridge closed after engineers\nfind cracks\nAna Sousa\n9 words\n2 December 2025\n10:12\nEllery Courier\nELLC\nEnglish\n(c) \
        2025 Lorne Media\n\nThe bridge was closed.\n\nIt is old.\n\nDocument ELLC000020251202eac20001\n\n";
    let rule = "_".repeat(60);
    let proquest = format!(
        "{rule}\n\nDocument 1 of 1\n\nBridge closed\n\nAuthor: Sousa, Ana\n\nFull text: The bridge was closed.\n\nTitle: Bridge closed\n\n\
         Publication title: Ellery Courier, Late Edition (East Coast); Ellery\n\nSection: World\n\nPublication date: Dec 2, 2025\n\nPublisher: Lorne \
         Media\n\nProQuest document ID: 1\n\nDocument URL: https://courier.example/world/bridge\n\n"
    );
    are_said(&[
        ("a.txt", nexis.to_owned(), COURIER, PAGE),
        ("b.txt", newer.repeat(2), COURIER, None),
        ("c.txt", factiva.repeat(2), COURIER, None),
        ("d.txt", bare.repeat(2), COURIER, None),
        ("e.txt", proquest, COURIER, PAGE),
    ]);
}

#[test]
fn feeds_and_xml_say_their_paper_and_address() {
    let item = |more: &str| {
        format!("<item><title>Bridge closed</title><description>{BODY}</description>{more}</item>")
    };
    let rss = |items: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>Ellery Courier</title><link>https://courier.example</link>{items}</channel></rss>"
        )
    };
    let link = "<link>https://courier.example/world/bridge?utm_medium=rss</link>";
    let nitf = |pubdata: &str| {
        format!(
            "<nitf><head><title>Bridge closed</title><pubdata date.publication=\"20251202\" {pubdata}/></head><body><body.head><hedline><hl1>Bridge \
             closed</hl1></hedline></body.head><body.content><p>{BODY}</p></body.content></body></nitf>"
        )
    };
    let g2 = |meta: &str| {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:x:1\"><itemMeta><itemClass qcode=\"ninat:text\"/>{meta}<pubStatus \
             qcode=\"stat:usable\"/></itemMeta><contentMeta><headline>Bridge closed</headline></contentMeta><contentSet><inlineXML><html><body><p>{BODY}</p>\
             </body></html></inlineXML></contentSet></newsItem>"
        )
    };
    are_said(&[
        ("a.xml", rss(&item(link)), COURIER, PAGE),
        ("b.xml", rss(&item(link).repeat(3_000)), COURIER, PAGE),
        (
            "c.xml",
            rss(&item(
                "<source url=\"https://post.example/rss\">Harrow Post</source><guid>https://courier.example/world/bridge</guid>",
            )),
            Some("Harrow Post"),
            PAGE,
        ),
        (
            "d.xml",
            rss(&item("<guid isPermaLink=\"false\">https://courier.example/?p=7</guid>")),
            COURIER,
            None,
        ),
        (
            "e.xml",
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Ellery Courier</title><entry><title>Bridge closed</title><link rel=\"self\" \
                 href=\"https://courier.example/feed/7\"/><link href=\"https://courier.example/world/bridge\"/><content>{BODY}</content></entry></feed>"
            ),
            COURIER,
            PAGE,
        ),
        (
            "f.xml",
            nitf("name=\"Ellery Courier\" ex-ref=\"https://courier.example/world/bridge\""),
            COURIER,
            PAGE,
        ),
        ("g.xml", nitf(""), None, None),
        ("h.xml", g2("<provider qcode=\"x:EC\"><name>Ellery Courier</name></provider>"), COURIER, None),
        ("i.xml", g2("<provider literal=\"Ellery Courier\"/>"), COURIER, None),
        ("j.xml", g2("<provider qcode=\"nprov:Courier\"/>"), Some("Courier"), None),
        (
            "k.xml",
            format!(
                "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>courier.example</ProviderId><DateId>20251202</DateId><NewsItemId>1</NewsItemId>\
                 </NewsIdentifier></Identification><NewsManagement/><NewsComponent><NewsLines><HeadLine>Bridge closed</HeadLine></NewsLines>\
                 <AdministrativeMetadata><Provider><Party FormalName=\"Ellery Courier\"/></Provider></AdministrativeMetadata><ContentItem><DataContent><p>{BODY}\
                 </p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
            ),
            COURIER,
            None,
        ),
        (
            "l.xml",
            format!(
                "<article><title>Bridge closed</title><newspaper>Ellery Courier</newspaper><url>https://courier.example/world/bridge</url><date>2025-12-02</date>\
                 <body>{BODY}</body></article>"
            ),
            COURIER,
            PAGE,
        ),
        (
            "m.xml",
            format!(
                "<article xmlns:xlink=\"http://www.w3.org/1999/xlink\"><front><journal-meta><journal-title-group><journal-title>Ellery Courier</journal-title>\
                 </journal-title-group></journal-meta><article-meta><title-group><article-title>Bridge closed</article-title></title-group><self-uri \
                 xlink:href=\"https://courier.example/world/bridge\"/></article-meta></front><body><p>{BODY}</p></body></article>"
            ),
            COURIER,
            PAGE,
        ),
        (
            "n.sgml",
            format!(
                "<DOC>\n<DOCNO> EC-1 </DOCNO>\n<HL> Bridge closed </HL>\n<SO> ELLERY COURIER (J), PAGE A1 </SO>\n<TEXT>\n{BODY}\n</TEXT>\n</DOC>\n"
            ),
            Some("ELLERY COURIER"),
            None,
        ),
        (
            "o.sgml",
            format!(
                "<DOC>\n<DOCNO> EC-1 </DOCNO>\n<HEADLINE> Bridge closed </HEADLINE>\n<PUB>Ellery Courier</PUB>\n<TEXT>\n{BODY}\n</TEXT>\n</DOC>\n"
            ),
            COURIER,
            None,
        ),
    ]);
}

#[test]
fn json_tables_and_texts_say_their_paper_and_address() {
    let json = |more: &str| format!("{{\"headline\":\"Bridge closed\",\"body\":\"{BODY}\",{more}}}");
    let of = |key: &str, value: &str| json(&format!("\"{key}\":{value}"));
    let name = "\"Ellery Courier\"";
    let mut files: Vec<Said<'_>> = Vec::new();
    for key in ["publication", "source", "publisher", "newspaper", "outlet", "site_name", "source_name"] {
        files.push(("a.json", of(key, name), COURIER, None));
        files.push(("b.json", of(key, &format!("{{\"id\":null,\"name\":{name}}}")), COURIER, None));
        files.push(("c.json", of(key, "\"courier.example\""), None, None));
        files.push(("d.json", of(key, "\"data/export.json\""), None, None));
    }
    for key in ["url", "link", "webUrl", "web_url", "canonical_url", "source", "guid"] {
        files.push(("e.json", of(key, "\"https://courier.example/world/bridge?fbclid=1\""), None, PAGE));
    }
    files.extend([
        ("f.json", of("source", "{\"uri\":\"courier.example\",\"title\":\"Ellery Courier\"}"), COURIER, None),
        ("g.json", of("source", "\"rss\""), None, None),
        ("h.json", of("publication", "\"2 December 2025\""), None, None),
        ("i.json", of("source_url", "\"https://courier.example\""), None, None),
        ("j.json", of("url", "\"/world/bridge\""), None, None),
        (
            "k.csv",
            format!("Headline,Body,Publication,URL\nBridge closed,\"{BODY}\",Ellery Courier,https://courier.example/world/bridge\n"),
            COURIER,
            PAGE,
        ),
        (
            "l.md",
            format!("---\ntitle: Bridge closed\npublication: Ellery Courier\nurl: https://courier.example/world/bridge\n---\n\n{BODY}\n"),
            COURIER,
            PAGE,
        ),
        ("m.md", format!("---\ntitle: Bridge closed\nsource: https://courier.example/world/bridge\n---\n\n{BODY}\n"), None, PAGE),
        (
            "n.txt",
            format!("Title: Bridge closed\nAuthor: Ana Sousa\nNewspaper: Ellery Courier\nURL: https://courier.example/world/bridge\nDate: 2025-12-02\n\n{BODY}\n"),
            COURIER,
            PAGE,
        ),
        ("o.txt", format!("Title: Bridge closed\nPublication: 2025-12-02\nSource: Ellery Courier\n\n{BODY}\n"), COURIER, None),
        (
            "p.eml",
            format!(
                "From: Ana Sousa <ana@courier.example>\nSubject: Bridge closed\nDate: Tue, 2 Dec 2025 10:00:00 +0000\nList-Id: Ellery Courier \
                 <list.courier.example>\nArchived-At: <https://courier.example/world/bridge>\nMessage-ID: <1@courier.example>\n\n{BODY}\n"
            ),
            COURIER,
            PAGE,
        ),
        // A list that is called as a desk is.
        (
            "q.eml",
            format!("From: Ana Sousa <ana@courier.example>\nSubject: Bridge closed\nDate: Tue, 2 Dec 2025 10:00:00 +0000\nList-Id: World <w.courier.example>\n\n{BODY}\n"),
            None,
            None,
        ),
    ]);
    are_said(&files);
    let own = "{\"t\":\"Bridge closed\",\"w\":\"It was closed.\",\"in\":{\"paper\":\"Ellery Courier\"},\"at\":\"https://courier.example/world/bridge\"}";
    let map = ["--map", "headline=t,body=w,publication=in.paper,url=at"];
    assert_eq!(parsed("r.json", own, &map), (json!(COURIER), json!(PAGE)));
}

#[test]
fn the_pages_of_a_web_archive_have_the_address_that_they_were_taken_from() {
    let html = page("<meta property=\"og:site_name\" content=\"Ellery Courier\">");
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/world/bridge\r\nWARC-Date: 2025-12-02T10:00:00Z\r\nContent-Length: \
         {}\r\n\r\n{response}\r\n\r\n",
        response.len()
    );
    are_said(&[("a.warc", record, COURIER, PAGE)]);
}

/// Two articles that name their paper, and one that does not.
fn two_papers() -> Newsroom {
    let line = |id: &str, headline: &str, more: &str| {
        format!(
            "{{\"id\":\"{id}\",\"headline\":\"{headline}\",\"body\":\"The flood reached the mill. {headline}.\"{more}}}\n"
        )
    };
    let room = Newsroom::new();
    room.write(
        "feed/a.jsonl",
        line("c1", "Mill under water", ",\"section\":\"Local\",\"date\":\"2025-12-02\",\"publication\":\"Ellery Courier\",\"url\":\"https://courier.example/local/2025/mill-flood?id=7&p=1\"")
            + &line("p1", "Ferry stops", ",\"publication\":\"Harrow Post\"")
            + &line("n1", "River falls", ""),
    );
    room.run(&["index", "corpus"]).done();
    room
}

#[test]
fn a_paper_is_a_filter_a_facet_and_a_line_of_each_hit() {
    let room = two_papers();
    assert_eq!(room.answer(&["flood", "--publication", "ellery courier"]).ids(), ["c1"]);
    assert_eq!(room.answer(&["flood", "--publication", "Courier", "--publication", "Post"]).total(), 2);
    assert_eq!(
        room.answer(&["flood", "--not-publication", "Harrow Post", "--not-publication", "Courier"]).ids(),
        ["n1"]
    );
    for query in
        ["paper:courier flood", "publication:\"Ellery Courier\"", "publication(ellery courier)", "sn=courier"]
    {
        assert_eq!(room.answer(&[query]).ids(), ["c1"], "{query}");
    }
    assert_eq!(room.answer(&["--any", "drought flood", "--publication", "Courier"]).ids(), ["c1"]);
    // The name alone is no match: every article of the paper would be one.
    assert_eq!(room.answer(&["courier"]).total(), 0);
    let facets = room.answer(&["flood", "--facet", "publication"]).0["facets"][0].clone();
    assert_eq!(facets["by"], "publication");
    assert_eq!(facets["without"], 1);
    assert_eq!(
        facets["values"],
        json!([{"value": "Ellery Courier", "articles": 1}, {"value": "Harrow Post", "articles": 1}])
    );
    room.run(&["query", "flood", "--facet", "publication,section", "-n", "0"])
        .done()
        .prints("publication  Ellery Courier 1 · Harrow Post 1 · none 1\nsection      Local 1 · none 2\n")
        .prints("--publication or --not-publication");
    room.run(&["query", "paper:courier flood"]).done().prints("\n   Ellery Courier · Local · 2 Dec 2025\n");
    room.run(&["first", "flood"]).done().prints("Ellery Courier · Local · 2 Dec 2025");
    room.run(&["show", "c1", "mill"])
        .done()
        .prints("Ellery Courier · Local · 2 Dec 2025")
        .prints("https://courier.example/local/2025/mill-flood?id=7&p=1");
    room.run(&["status"]).done().prints("papers     Ellery Courier 1 · Harrow Post 1");
    let csv = room.run(&["export", "paper:courier"]).done().stdout;
    assert!(
        csv.contains(",Local,Ellery Courier,https://courier.example/local/2025/mill-flood?id=7&p=1,"),
        "{csv}"
    );
    room.run(&["export", "paper:courier", "--format", "md"])
        .done()
        .prints("<https://courier.example/local/2025/mill-flood?id=7&p=1>");
    let hit = room.answer(&["paper:courier"]).0["hits"][0].clone();
    assert_eq!(
        (&hit["publication"], &hit["url"]),
        (&json!("Ellery Courier"), &json!("https://courier.example/local/2025/mill-flood?id=7&p=1"))
    );
    let shown = room.run(&["show", "c1", "--json"]).done().json();
    assert_eq!((&shown["publication"], &shown["url"]), (&hit["publication"], &hit["url"]));
}

#[test]
fn an_address_is_found_by_any_piece_of_it() {
    let room = two_papers();
    for query in [
        "url:courier.example",
        "url:courier",
        "url:local/2025",
        "url:/local/2025/",
        "url:mill-flood",
        "url:https://courier.example/local/2025/mill-flood",
        "url:https://courier.example/local/2025/mill-flood?id=7&p=1",
        "url:\"https://courier.example/local/2025/mill-flood?id=7&p=1\"",
        "site:courier.example flood",
        "inurl:mill",
    ] {
        assert_eq!(room.answer(&[query]).ids(), ["c1"], "{query}");
    }
    assert_eq!(room.answer(&["url:post.example"]).total(), 0);
}

#[test]
fn a_citation_names_the_paper_and_the_address() {
    let room = two_papers();
    let cite = |more: &[&str]| room.run(&[&["cite", "c1"], more].concat()).done().stdout;
    assert_eq!(
        cite(&["--style", "chicago"]),
        "“Mill under water.” Ellery Courier, December 2, 2025. https://courier.example/local/2025/mill-flood?id=7&p=1.\n"
    );
    assert!(cite(&["--publication", "The Lorne Echo"]).contains("The Lorne Echo."));
    let item = room.run(&["cite", "c1", "--style", "csl-json"]).done().json();
    assert_eq!(item[0]["container-title"], "Ellery Courier");
    assert_eq!(item[0]["URL"], "https://courier.example/local/2025/mill-flood?id=7&p=1");
}

#[test]
fn a_receipt_keeps_the_papers_and_older_ones_still_hold() {
    let room = two_papers();
    room.run(&["query", "flood", "--receipt", "r.json", "-n", "0"]).done();
    let text = fs::read_to_string(room.path("r.json")).unwrap();
    let receipt: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(receipt["format_version"], 3);
    let papers: Vec<&Value> =
        receipt["articles"].as_array().unwrap().iter().map(|a| &a["publication"]).collect();
    assert_eq!(papers, [&json!("Ellery Courier"), &Value::Null, &json!("Harrow Post")]);
    room.run(&["verify-receipt", "r.json"]).done().prints("unchanged");
    // Another paper under the same text is another receipt.
    fs::write(room.path("r.json"), text.replace("Harrow Post", "Lorne Echo")).unwrap();
    room.run(&["verify-receipt", "r.json"]).nothing();
}

#[test]
fn a_folders_paper_is_remembered_until_it_is_taken_back() {
    let room = two_papers();
    room.write("other/mill.txt", story("Mill for sale", "The mill stands empty after the flood."));
    let papers = |room: &Newsroom| {
        let mut papers: Vec<String> = room
            .answer(&["flood"])
            .hits()
            .map(|hit| hit["publication"].as_str().unwrap_or("none").to_owned())
            .collect();
        papers.sort();
        papers
    };
    room.run(&["index", "corpus", "--publication", " Lorne  Echo "]).done().quiet();
    assert_eq!(papers(&room), ["Ellery Courier", "Harrow Post", "Lorne Echo", "Lorne Echo"]);
    room.run(&["status"]).done().prints("\n           Lorne Echo, where files name none\n");
    assert_eq!(
        room.run(&["status", "--json"]).done().json()["roots"][0]["publications"],
        json!([{"folder": "", "publication": "Lorne Echo"}])
    );
    // Without saying it again, for what comes, and for what is moved within it.
    room.write("new.txt", story("Weir holds", "The weir held in the flood."));
    fs::rename(room.path("corpus/other/mill.txt"), room.path("corpus/other/sale.txt")).unwrap();
    room.run(&["index"]).done().prints("1 moved");
    assert_eq!(papers(&room), ["Ellery Courier", "Harrow Post", "Lorne Echo", "Lorne Echo", "Lorne Echo"]);
    // A folder within it has its own.
    room.run(&["index", "corpus/other", "--publication", "Harrow Post"]).done();
    assert_eq!(papers(&room), ["Ellery Courier", "Harrow Post", "Harrow Post", "Lorne Echo", "Lorne Echo"]);
    room.run(&["status"]).done().prints("           other: Harrow Post, where files name none\n");
    // What is moved out of it takes the other's.
    fs::rename(room.path("corpus/other/sale.txt"), room.path("corpus/sale.txt")).unwrap();
    room.run(&["index"]).done();
    assert_eq!(papers(&room), ["Ellery Courier", "Harrow Post", "Lorne Echo", "Lorne Echo", "Lorne Echo"]);
    room.run(&["index", "--rebuild", "--yes"]).done();
    assert_eq!(papers(&room).len(), 5);
    room.run(&["index", "corpus", "--publication", ""]).done();
    assert_eq!(papers(&room), ["Ellery Courier", "Harrow Post", "none", "none", "none"]);
    assert!(!room.run(&["status"]).done().stdout.contains("where files name none"));
    room.run(&["index", "corpus", "--publication", &"x".repeat(81)]).fails().says("at most 80 letters");
}

#[test]
fn what_was_said_of_a_folder_holds_when_the_one_around_it_is_given() {
    let room = two_papers();
    let room_of = |folder: &str| room.path("corpus").join(folder);
    fs::remove_dir_all(room.index()).unwrap();
    room.run(&[Path::new("index"), &room_of("feed"), Path::new("--publication"), Path::new("Lorne Echo")])
        .done();
    room.run(&["index", "corpus"]).done();
    assert_eq!(room.answer(&["publication:echo"]).ids(), ["n1"]);
    room.run(&["status"]).done().prints("feed: Lorne Echo, where files name none");
}

#[test]
fn copies_say_which_paper_had_them() {
    let room = Newsroom::new();
    let text = format!(
        "{BODY} {}",
        "Nobody was hurt, said the harbour office, and the ferry will sail again on Tuesday morning. "
            .repeat(3)
    );
    let line = |id: &str, paper: &str, day: &str| {
        format!(
            "{{\"id\":\"{id}\",\"headline\":\"Bridge closed\",\"body\":\"{text}\",\"date\":\"{day}\",\"publication\":\"{paper}\"}}\n"
        )
    };
    room.write(
        "a.jsonl",
        line("c1", "Ellery Courier", "2025-12-03") + &line("p1", "Harrow Post", "2025-12-02"),
    );
    room.run(&["index", "corpus"]).done();
    room.run(&["query", "bridge", "--copies", "first"])
        .done()
        .prints("Harrow Post · 2 Dec 2025")
        .prints("+1 copy");
    room.run(&["show", "p1"]).done().prints("3 Dec 2025  Ellery Courier  corpus/a.jsonl");
    let hits = room.answer(&["bridge", "--copies", "first"]).0["hits"].clone();
    assert_eq!(hits[0]["copies"][0]["publication"], "Ellery Courier");
}

#[test]
fn desks_beside_one_another_are_sections() {
    let room = Newsroom::new();
    room.write("business/a.txt", story("Mill for sale", "The mill stands empty."));
    room.write("sport/a.txt", story("Rovers win", "A late goal did it at the mill."));
    // Alone, a folder's name says nothing.
    room.run(&["index", "corpus/business"]).done();
    assert_eq!(room.answer(&["section:business"]).total(), 0);
    // Beside another desk it does, though it was read before that came.
    room.run(&["index", "corpus/sport"]).done();
    assert_eq!(room.headlines(&["section:business"]), ["Mill for sale"]);
    assert_eq!(room.headlines(&["section:sport"]), ["Rovers win"]);
    room.run(&["parse", "corpus/business", "corpus/sport"])
        .done()
        .prints("section   Business")
        .prints("section   Sport");
    room.run(&["forget", "corpus/sport"]).done();
    room.run(&["index"]).done();
    assert_eq!(room.answer(&["section:business"]).total(), 0);
}
