//! PDF files written here, good and harmful, and what is read from them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::io::Write as _;

use super::*;
use crate::corpus::RawArticle;

/// A file of these objects; the first is the catalogue. Readers find objects without a table of them.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (object, number) in objects.iter().zip(1..) {
        writeln!(bytes, "{number} 0 obj").unwrap();
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let info = "/Title (The bridge file) /Author (Jo Ek) /CreationDate (D:20251202090000Z)";
    writeln!(bytes, "trailer << /Root 1 0 R /Size {} /Info << {info} >> >>", objects.len() + 1).unwrap();
    bytes.extend_from_slice(b"startxref\n0\n%%EOF\n");
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

fn flate(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A file of pages with these instructions, with Helvetica as `F`.
fn pages(contents: &[String]) -> Vec<u8> {
    let streams: Vec<Vec<u8>> = contents.iter().map(|content| stream("", content.as_bytes())).collect();
    with_contents(streams)
}

fn with_contents(contents: Vec<Vec<u8>>) -> Vec<u8> {
    let count = contents.len();
    let kids: String = (0..count).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 595 842] >>").into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (content, n) in contents.into_iter().zip(0..) {
        let content_at = 5 + 2 * n;
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /Contents {content_at} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        );
        objects.push(page.into_bytes());
        objects.push(content);
    }
    file(&objects)
}

/// Lines one below the other.
fn text(lines: &[(&str, u32)]) -> String {
    let mut out = "BT 60 780 Td\n".to_string();
    for (line, size) in lines {
        let line = line.replace('(', "\\(").replace(')', "\\)");
        writeln!(out, "/F {size} Tf 0 -{} Td ({line}) Tj", size + 2).unwrap();
    }
    out + "ET"
}

fn context() -> Context<'static> {
    Context { path: "a.pdf", modified: None, latest: None, map: None, day_month: None }
}

#[track_caller]
fn article(bytes: &[u8]) -> RawArticle {
    match read(bytes, &context()) {
        Record::Article(article) => *article,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn reason(bytes: &[u8]) -> String {
    match read(bytes, &context()) {
        Record::Unreadable(reason) => reason,
        other => panic!("{other:?}"),
    }
}

const LINES: [(&str, u32); 7] = [
    ("Bridge over the Ruska closed", 24),
    ("By Ana Sousa", 10),
    ("30 November 2025", 10),
    ("The bridge over the Ruska was closed on Monday after engi-", 10),
    ("neers found cracks in two of its piers, the city said. A well-", 10),
    ("known problem, said the mayor: it is well-known to us all, at last.", 10),
    ("It will stay closed for at least three weeks. Buses take the way", 10),
];

#[test]
fn a_page_is_read_as_an_article() {
    let article = article(&pages(&[text(&LINES)]));
    assert_eq!(article.headline, "Bridge over the Ruska closed");
    assert_eq!(article.bylines, ["By Ana Sousa"]);
    assert_eq!(article.date.unwrap().to_string(), "2025-11-30");
    let body = article.paragraphs.join(" ");
    assert!(body.contains("after engineers found"), "{body}");
    assert!(body.contains("A well-known problem"), "{body}");
}

#[test]
fn running_heads_go_and_sentences_go_on_over_pages() {
    let page = |n: u32, lines: &[(&str, u32)]| {
        let number = n.to_string();
        let head = [("Harrow Bay Chronicle, Saturday", 8)];
        text(&[&head[..], lines, &[(number.as_str(), 8)]].concat())
    };
    let second = [
        ("round, and the ferry runs until midnight.", 10),
        ("Nobody was hurt.", 10),
        ("The end of it all.", 10),
    ];
    let article = article(&pages(&[page(1, &LINES), page(2, &second)]));
    let body = article.paragraphs.join(" ");
    assert!(body.contains("Buses take the way round, and the ferry"), "{body}");
    assert!(!body.contains("Chronicle") && !body.contains('2'), "{body}");
}

#[test]
fn properties_help_where_the_page_says_nothing() {
    let lines = [
        ("the bridge over the Ruska was closed on Monday, the city said, and it will stay", 10),
        ("closed for at least three weeks, while buses take the long way round past the", 10),
        ("market and the ferry runs until midnight, which the ferryman called generous of", 10),
        ("somebody else, and the mayor of the town a sign of what a town can do.", 10),
    ];
    let article = article(&pages(&[text(&lines)]));
    assert_eq!(
        (article.headline.as_str(), article.bylines.as_slice()),
        ("The bridge file", &["Jo Ek".to_string()][..])
    );
    assert_eq!(article.date.unwrap().to_string(), "2025-12-02");
}

#[test]
fn pictures_of_pages_hold_no_text() {
    assert_eq!(reason(&pages(&["0 0 100 100 re f".to_string()])), "holds no text: pictures of pages");
    assert_eq!(reason(b"%PDF-1.4\nnothing"), BREAKS_OFF);
    assert_eq!(reason(b"%PDF-1.4\nnothing\n%%EOF\n"), "the PDF is damaged: it has no pages");
}

#[test]
fn packed_pages_are_read_and_bombs_are_not() {
    let packed = with_contents(vec![stream("/Filter /FlateDecode", &flate(text(&LINES).as_bytes()))]);
    assert_eq!(article(&packed).headline, "Bridge over the Ruska closed");
    let zeros = flate(&vec![b' '; 140 << 20]);
    let bomb = with_contents(vec![stream("/Filter /FlateDecode", &zeros)]);
    assert_eq!(reason(&bomb), "a stream in the PDF unpacks to more than 128 MB");
    let half = flate(&vec![b' '; 70 << 20]);
    let many = with_contents(vec![stream("/Filter /FlateDecode", &half); 9]);
    assert_eq!(reason(&many), "the PDF unpacks to more than 512 MB");
    let twice = with_contents(vec![stream("/Filter [/FlateDecode /FlateDecode]", &flate(&zeros))]);
    assert_eq!(reason(&twice), "a stream in the PDF unpacks to more than 128 MB");
}

#[test]
fn drawings_that_never_end_are_left() {
    // Each drawing draws the next one a hundred times over, and the last one the first.
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_vec(),
        stream("", b"/X Do"),
    ];
    for n in 0..12 {
        let next = 5 + (n + 1) % 12;
        let dictionary = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >>"
        );
        objects.push(stream(&dictionary, &b"/X Do ".repeat(100)));
    }
    let started = Instant::now();
    assert_eq!(reason(&file(&objects)), "the PDF takes more than 5 seconds to read");
    assert!(started.elapsed() < LONGEST + Duration::from_secs(2));
}

#[test]
fn deep_files_are_survived() {
    let deep =
        format!("<< /Type /Page /Parent 2 0 R /Contents {}{} >>", "[".repeat(100_000), "]".repeat(100_000));
    let tree = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] >>".to_vec(),
        deep.into_bytes(),
    ];
    let _ = read(&file(&tree), &context());
    let nested = pages(&[format!("{} BT {} ET", "q ".repeat(500_000), "/P BMC ".repeat(500_000))]);
    let _ = read(&nested, &context());
}

#[test]
fn a_file_cut_anywhere_is_no_end() {
    let whole = pages(&[text(&LINES), text(&LINES)]);
    for length in (0..whole.len()).step_by(61) {
        let _ = read(whole.get(..length).unwrap(), &context());
    }
}

#[test]
fn few_readers_that_never_end_are_left_behind() {
    static LEFT: LeftBehind = LeftBehind(AtomicUsize::new(0));
    let short = Duration::from_millis(20);
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let wait = Arc::new(std::sync::Mutex::new(wait));
    for _ in 0..MOST_LEFT_BEHIND {
        let wait = Arc::clone(&wait);
        let hangs = move || wait.lock().unwrap().recv().map_err(|error| error.to_string());
        assert!(LEFT.within(short, hangs).unwrap_err().contains("takes more than"));
    }
    assert!(LEFT.within(short, || Ok(())).unwrap_err().contains("never came to an end"));
    drop(release);
    while LEFT.0.load(Ordering::Relaxed) > 0 {
        std::thread::yield_now();
    }
    assert_eq!(LEFT.within(LONGEST, || Ok(7)), Ok(7));
    assert!(LEFT.within(LONGEST, || -> Result<(), String> { panic!("on purpose") }).is_err());
    assert_eq!(LEFT.0.load(Ordering::Relaxed), 0);
}

#[test]
fn a_file_that_breaks_off_is_told() {
    let whole =
        pages(&[text(&[("The bridge is closed for repairs.", 12)]), text(&[("It opens in May.", 12)])]);
    let reader = |bytes: &[u8]| super::read(bytes, &context());
    let problems = |record: Record| match record {
        Record::Article(article) => article.problems,
        other => panic!("{other:?}"),
    };
    assert_eq!(problems(reader(&whole)), [""; 0]);
    // Lines of a web server behind it are no harm.
    let sent = [&whole[..], &b"\r\n\0".repeat(900)[..]].concat();
    assert_eq!(problems(reader(&sent)), [""; 0]);
    let mut told = 0;
    for end in (10..whole.len() - 10).step_by(7) {
        match reader(&whole[..end]) {
            Record::Article(article) => assert_eq!(article.problems, [BREAKS_OFF], "{end}"),
            Record::Unreadable(reason) => assert_eq!(reason, BREAKS_OFF, "{end}"),
            other => panic!("{end}: {other:?}"),
        }
        told += 1;
    }
    assert!(told > 50, "{told}");
}
