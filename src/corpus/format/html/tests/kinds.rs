//! Pages that are no articles, and articles that look like such pages.

use super::{FIRST, SECOND, article, page, read_page};
use crate::corpus::Record;

/// Headlines of other stories with a sentence each.
fn teasers(count: usize) -> String {
    let teaser = |n| {
        format!(
            "<div class=result><h3><a href=/{n}>Headline of another story, number {n} of many</a></h3><p>What it is about, in \
             a sentence or two that says a little more than the headline does, but not the whole of it.</p></div>"
        )
    };
    (1..=count).map(teaser).collect()
}

fn reason(html: &str) -> String {
    match read_page(html) {
        Record::Skipped(reason) => reason,
        other => panic!("not skipped: {other:?}"),
    }
}

#[test]
fn lists_of_stories_are_skipped_whatever_they_call_themselves() {
    for (head, above) in [
        ("<title>Search results for ferry | The Sandvik Post</title>", "<h1>Search results for “ferry”</h1>"),
        (
            "<title>ferry Archives - The Sandvik Post</title><meta property=og:type content=article>",
            "<h1>Tag: ferry</h1>",
        ),
        (
            "<title>Ines Falk, Author at The Sandvik Post</title><meta property=og:type content=profile>",
            "<h1>Ines Falk</h1><p>Ines Falk writes about the harbour and has done so for eleven years.</p>",
        ),
    ] {
        let reason = reason(&page(head, &format!("{above}{}", teasers(20))));
        assert_eq!(reason, "section front: 20 headlines of other stories and no text of its own");
    }
}

#[test]
fn errors_logins_and_checks_for_robots_are_skipped() {
    for (title, heading, expected) in [
        ("Page not found | The Sandvik Post", "Page not found", "error page: `Page not found`"),
        ("404 - The Sandvik Post", "Oops!", "error page: `Oops!`"),
        ("Seite nicht gefunden - Bote", "Seite nicht gefunden", "error page: `Seite nicht gefunden`"),
        ("403 Forbidden", "403 Forbidden", "error page: `403 Forbidden`"),
        ("404 Not Found", "Not Found", "error page: `Not Found`"),
        ("404 Not Found", "404 Not Found", "error page: `404 Not Found`"),
        ("410 Gone", "410 Gone", "error page: `410 Gone`"),
        ("429 Too Many Requests", "nginx", "error page: `429 Too Many Requests`"),
        ("Log in | The Sandvik Post", "Log in", "login page: `Log in`"),
        ("Just a moment...", "post.example", "page that looks for robots: `Just a moment...`"),
    ] {
        let html = page(
            &format!("<title>{title}</title>"),
            &format!(
                "<h1>{heading}</h1><p>We are sorry that you see this instead of what you were looking for.</p>"
            ),
        );
        assert_eq!(reason(&html), expected);
    }
}

#[test]
fn an_article_with_such_a_title_is_one() {
    for head in ["<meta name=author content='Ines Falk'>", "<meta name=date content=2026-02-12>"] {
        let html = page(
            &format!("<title>Page not found</title>{head}"),
            &format!("<h1>Page not found</h1><p>{FIRST}</p>"),
        );
        assert_eq!(article(&html).paragraphs, [FIRST]);
    }
    let long = page(
        "<title>Access denied</title>",
        &format!(
            "<h1>Access denied</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p><p>{SECOND}</p>"
        ),
    );
    assert_eq!(article(&long).paragraphs.len(), 6);
    let other =
        page("<title>410 gone missing</title>", &format!("<h1>Gone missing at sea</h1><p>{FIRST}</p>"));
    assert_eq!(article(&other).headline, "Gone missing at sea");
    let other = page("<title>404 days at sea</title>", &format!("<h1>404 days at sea</h1><p>{FIRST}</p>"));
    assert_eq!(article(&other).headline, "404 days at sea");
}

#[test]
fn a_live_blog_is_one_article() {
    let post = |hour: u32| {
        format!(
            "<article class=live-post><time datetime=2026-02-12T{hour}:05:00Z>{hour}:05</time><h3>The captain speaks, hour {hour}</h3>
             <p>The captain said at {hour} that the ferry would run again before the summer, and nobody believed it.</p></article>"
        )
    };
    let update = r#"{"@type":"BlogPosting","headline":"An update","datePublished":"2026-02-12T20:05:00Z"}"#;
    let head = format!(
        r#"<link rel=canonical href="https://post.example/live"><script type="application/ld+json">{{"@type":"LiveBlogPosting",
        "headline":"Ferry strike: live","datePublished":"2026-02-12T08:00:00Z","liveBlogUpdate":[{}]}}</script>"#,
        [update; 6].join(",")
    );
    let posts: String = (10..20).map(post).collect();
    let read =
        article(&page(&head, &format!("<h1>Ferry strike: live</h1><div class=live-blog>{posts}</div>")));
    assert_eq!(read.headline, "Ferry strike: live");
    assert_eq!(read.date.map(|d| d.to_string()).as_deref(), Some("2026-02-12T08:00:00Z"));
    let told = read.paragraphs.iter().filter(|p| p.contains("nobody believed it")).count();
    assert_eq!(told, 10);
}

#[test]
fn the_captions_of_a_gallery_are_its_text() {
    let figure = |n| {
        format!(
            "<figure><img src={n}><figcaption>Picture {n}: passengers wave from the quay on the last morning of the service.</figcaption></figure>"
        )
    };
    let figures: String = (0..8).map(figure).collect();
    let head = "<meta property=og:type content=article>";
    let body =
        format!("<h1>In pictures: the last ferry</h1><p>{FIRST}</p><div class=gallery>{figures}</div>");
    assert_eq!(article(&page(head, &body)).paragraphs.len(), 9);
}

#[test]
fn pages_without_a_text_of_their_own_are_unreadable() {
    for body in [
        "<div id=consent><h1>Your privacy</h1><p>We and our 842 partners store information on a device, such as cookies, and \
         process personal data to show you advertisements that you may like.</p><button>Accept all</button></div>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<frameset cols='20%,80%'><frame src=nav.html><frame src=main.html></frameset>",
    ] {
        let read = read_page(&page("<title>The Sandvik Post</title>", body));
        assert_eq!(read, Record::Unreadable("no article text found".to_owned()), "{body}");
    }
}

#[test]
fn a_page_that_breaks_off_is_doubtful() {
    let text = format!(
        "<!doctype html><html><head><title>Ferry back</title></head><body><div><article><h1>Ferry back</h1><p>{FIRST}</p><p>{SECOND}</p>"
    );
    let problems = |html: &str| article(html).problems;
    let cut = ["the page breaks off: its end is missing"];
    for end in ["", "<p>The bri", "</article>", "<p>The bri</p><a href='x"] {
        assert_eq!(problems(&format!("{text}{end}")), cut, "{end}");
    }
    // Not all that is left open is missing: the ends of these may be left out, and of the others, where the
    // page ends.
    for end in ["</body>", "</html>", "</article></div>", "</article></div><p>The end"] {
        assert_eq!(problems(&format!("{text}{end}")), [""; 0], "{end}");
    }
    let plain = format!("<html><body><h1>Ferry back</h1><p>{FIRST}<p>{SECOND}");
    assert_eq!(problems(&plain), [""; 0]);
    let part = format!("<div><h1>Ferry back</h1><p>{FIRST}</p><p>{SECOND}</p>");
    assert_eq!(problems(&part), [""; 0]);
}
