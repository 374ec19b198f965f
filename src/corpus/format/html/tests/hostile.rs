//! Pages made to cost time, memory or the stack: every one is read in linear time, and its story with it.

use super::{SECOND, article, story};

/// Reads a page on a small stack, within a time that quadratic work would not keep.
fn is_read(name: &str, html: String) {
    let began = std::time::Instant::now();
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || article(&html).paragraphs);
    let paragraphs = thread.unwrap().join().unwrap();
    assert!(paragraphs.contains(&SECOND.to_owned()), "{name}");
    assert!(began.elapsed().as_secs() < 30, "{name}: {:?}", began.elapsed());
}

#[test]
fn deep_and_unclosed_elements() {
    let story = story();
    for (name, html) in [
        ("nested", format!("{}{story}{}", "<div>".repeat(100_000), "</div>".repeat(100_000))),
        ("nested with classes", format!("{}{story}", "<b><div class='author comment'>".repeat(50_000))),
        ("closed by nothing", format!("{}{}{story}", "<div>".repeat(50_000), "</p>".repeat(50_000))),
        ("tables in tables", format!("{}{story}", "<table><tr><td>".repeat(50_000))),
        ("nothing closed", format!("{story}{}", "<p><li><td><tr><b><i><a href=x><span><h2>x".repeat(20_000))),
        ("formatting crosswise", format!("{story}{}", "<b><i><u></b></i></u>".repeat(100_000))),
        ("unknown end tags", format!("{story}{}{}", "<x-a>".repeat(500), "</x-b>".repeat(1_000_000))),
        ("end tags of headings", format!("{story}{}{}", "<div>".repeat(500), "</h1>".repeat(1_000_000))),
        (
            "end tags behind a barrier",
            format!("{story}<p><object>{}{}", "<span>".repeat(500), "</p>".repeat(1_000_000)),
        ),
    ] {
        is_read(name, html);
    }
}

#[test]
fn long_and_many_pieces() {
    let story = story();
    for (name, html) in [
        ("comments", format!("{story}{}", "<!--".repeat(200_000))),
        ("sections of CDATA", format!("{story}{}", "<![CDATA[".repeat(100_000))),
        ("references in an attribute", format!("{story}<p title=\"{}", "&amp".repeat(200_000))),
        ("less-than signs", format!("\0{story}{}", "<".repeat(500_000))),
        ("attributes", format!("{story}<p {}>x", "a=1 ".repeat(500_000))),
        ("a class", format!("{story}<p class='{}'>x", "share-bar ".repeat(300_000))),
        ("ampersands", format!("{story}<p>{}", "&".repeat(1_000_000))),
        ("zero bytes", format!("{story}<p>{}", "\0".repeat(1_000_000))),
        ("a script without end", format!("{story}<script>{}", "<p>x</p></scrip".repeat(100_000))),
        ("bylines", format!("{story}{}", "<span class=author>x</span>".repeat(50_000))),
        ("dates", format!("{story}{}", "<p class=date>12345 678".repeat(50_000))),
        ("a title", format!("<title>{}</title>{story}", "a | b - ".repeat(50_000))),
        ("authors", format!("<meta name=author content='{}'>{story}", "Ana Sousa, ".repeat(50_000))),
        ("lists", format!("{story}<script type=application/ld+json>{}</script>", "[".repeat(100_000))),
        (
            "comments in JSON",
            format!("{story}<script type=application/ld+json>{{{}}}</script>", "/*".repeat(200_000)),
        ),
    ] {
        is_read(name, html);
    }
}

#[test]
fn a_page_of_too_many_elements_is_cut_and_says_so() {
    let read = article(&format!("{}{}", story(), "<p>x".repeat(600_000)));
    assert!(read.paragraphs.contains(&SECOND.to_owned()));
    assert_eq!(read.problems, ["the page has more elements than are read: its end is missing"]);
}
