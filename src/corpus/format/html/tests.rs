#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hostile;
mod kinds;
mod layouts;

use super::read;
use crate::corpus::{Context, RawArticle, Record};

const FIRST: &str = "The ferry between Sandvik and the island of Lomma stops running on Friday, the harbour office \
    said, because nobody has been found to repair the second engine.";
const SECOND: &str = "Some two hundred people take it every day, most of them to work and school, and the road around \
    the bay takes more than an hour.";
const THIRD: &str = "“We asked for help in March, and again in June,” said Ines Falk, who runs the office. A decision is \
    expected next week.";

fn read_page(html: &str) -> Record {
    read(
        html,
        &Context {
            path: "ferry.html",
            modified: Some("2026-03-01T00:00:00Z".parse().unwrap()),
            latest: None,
            map: None,
            day_month: None,
        },
    )
}

fn article(html: &str) -> RawArticle {
    match read_page(html) {
        Record::Article(article) => *article,
        other => panic!("no article: {other:?}"),
    }
}

fn story() -> String {
    format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>")
}

fn page(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>")
}

/// The paragraphs of a page whose story is surrounded, preceded and followed by some markup.
fn paragraphs_with(markup: &str) -> Vec<String> {
    let html = page(
        "",
        &format!("<h1>Ferry stops</h1><div><p>{FIRST}</p>{markup}<p>{SECOND}</p><p>{THIRD}</p></div>"),
    );
    article(&html).paragraphs
}

#[test]
fn boilerplate_around_the_story_is_left_out() {
    let html = page(
        "<title>Ferry stops</title>",
        &format!(
            "<nav><ul><li><a href=/>Home</a><li><a href=/w>World news and everything that goes on</a></ul></nav>
             <div class='cookie-banner'><p>We use cookies to count our readers, to show you advertisements that you may \
               like, and to make this site better for everybody. Read more about your choices on our pages.</p></div>
             <main><article><h1>Ferry stops</h1><div class=share-bar><a href=#>Share</a> <a href=#>Mail</a></div>
             <div class=article-body>{}<div class=newsletter><p>Our letter of the morning tells you what happened over night. \
               It is free, and you can stop it whenever you like.</p></div></div></article>
             <section id=comments><p>I took that ferry for thirty years and never once was it late, so I do not know what \
               all this talk of engines is about, honestly, ask the captain.</p></section>
             <aside><h2>Most read</h2><ol><li><a href=/1>Bakery opens in the old mill after years of waiting</a></ol></aside></main>
             <footer><p>© 2026 The Sandvik Post. No part of these pages may be used without asking us first.</p></footer>",
            story()
        ),
    );
    assert_eq!(article(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn related_teasers_and_captions_within_the_story_are_left_out() {
    for boilerplate in [
        "<div class=most-read><h3>Most read</h3><p>The bakery in the old mill opens on Sunday after years of waiting.</p></div>",
        "<div class='related-stories'><p>More about it: what the council said of the bridge in March, in full.</p></div>",
        "<figure><img src=x><figcaption>The ferry in the harbour of Sandvik on Tuesday morning, before it left.</figcaption></figure>",
        "<p>Read also:</p><ul><li><a href=/x>Bridge closed until the summer, the council says</a></ul>",
        "<p style='display: none'>This paragraph is for nobody to read, and yet it is as long as any other on the page.</p>",
        "<p><a href=/x>Sign up for our newsletter</a> and know what happens in town.</p>",
    ] {
        assert_eq!(paragraphs_with(boilerplate), [FIRST, SECOND, THIRD], "{boilerplate}");
    }
}

#[test]
fn words_of_layouts_do_not_drop_the_story() {
    for class in ["has-sidebar comments-open", "sidebar", "article-widget", "modal", "teaser-grid"] {
        let html = page("", &format!("<h1>Ferry stops</h1><div class='{class}'>{}</div>", story()));
        assert_eq!(article(&html).paragraphs, [FIRST, SECOND, THIRD], "{class}");
    }
}

#[test]
fn comments_longer_than_the_story_are_no_story() {
    let comment = format!(
        "<p>{}</p>",
        "I have always said that it would come to this, and nobody listened. ".repeat(4)
    );
    let html = page(
        "",
        &format!("<h1>Ferry stops</h1><div>{}</div><div class=comments>{}</div>", story(), comment.repeat(9)),
    );
    assert_eq!(article(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn lists_quotes_headings_and_tables_of_the_story_are_kept() {
    let kept = paragraphs_with(
        "<h2>What it costs</h2><ul><li>A new engine: 80,000 crowns</li><li>A new ferry: two million</li></ul>
         <blockquote>It is a scandal, that is what it is.</blockquote>
         <table><tr><th>Year</th><th>Trips</th></tr><tr><td>2024</td><td>5,110</td></tr></table>",
    );
    assert_eq!(
        kept,
        [
            FIRST,
            "What it costs",
            "A new engine: 80,000 crowns",
            "A new ferry: two million",
            "It is a scandal, that is what it is.",
            "Year Trips",
            "2024 5,110",
            SECOND,
            THIRD
        ]
    );
}

#[test]
fn two_line_breaks_end_a_paragraph_and_one_does_not() {
    let html = page("", &format!("<h1>Ferry stops</h1><div>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>"));
    assert_eq!(article(&html).paragraphs, [FIRST.to_owned(), format!("{SECOND} {THIRD}")]);
}

#[test]
fn preformatted_text_is_cut_at_blank_lines() {
    let html = format!(
        "<h1>Ferry stops</h1><pre>\n{FIRST}\n\n  {SECOND}\n \t\n{}\n</pre>",
        THIRD.replace(". ", ".\n")
    );
    assert_eq!(article(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn pages_laid_out_with_tables_and_without_end_tags_are_read() {
    let html = format!(
        "<HTML><HEAD><TITLE>Ferry stops</TITLE><BODY BGCOLOR=white><TABLE WIDTH=600><TR><TD WIDTH=120>
         <A HREF=/>Front page</A><BR><A HREF=/w>World</A><BR><A HREF=/s>Sport of the week</A>
         <TD><H1>Ferry stops</H1><FONT SIZE=2><I>By Ines Falk</I><P>{FIRST}<P>{SECOND}<P>{THIRD}</FONT></TABLE>"
    );
    let read = article(&html);
    assert_eq!(read.headline, "Ferry stops");
    assert_eq!(read.paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn an_anchor_left_open_is_no_link() {
    let html = page("", &format!("<h1>Ferry stops</h1><div><a name=top>{}</div>", story()));
    assert_eq!(article(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn the_standfirst_is_the_first_paragraph() {
    let lead = "Two hundred people will have to find another way to work.";
    let html = page(
        &format!("<meta name=description content='{lead}'>"),
        &format!(
            "<header><h1>Ferry stops</h1><p class=teaser-text>{lead}</p></header><div class=article-body>{}</div>",
            story()
        ),
    );
    assert_eq!(article(&html).paragraphs, [lead, FIRST, SECOND, THIRD]);
}

#[test]
fn headline_byline_and_date_are_not_repeated_in_the_body() {
    let html = page(
        "<meta property=og:title content='Ferry to Lomma stops running'><meta name=author content='Ines Falk'>",
        &format!(
            "<div><h2>Harbour Ferry to Lomma stops running</h2><p>Ines Falk</p><p>Updated: 12.02.2026 17:23</p>{}</div>",
            story()
        ),
    );
    assert_eq!(article(&html).paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn of_articles_one_below_the_other_the_first_is_read() {
    let other = format!(
        "<p>{}</p>",
        "The bakery in the old mill opens on Sunday, and half the town will come. ".repeat(4)
    );
    let html = page(
        "",
        &format!(
            "<article><h1>Ferry stops</h1>{}{}</article><article><h1>Bakery opens</h1>{}</article>",
            story(),
            story(),
            other.repeat(12)
        ),
    );
    let paragraphs = article(&html).paragraphs;
    assert!(paragraphs.iter().all(|p| !p.contains("bakery")), "{paragraphs:?}");
    assert!(paragraphs.contains(&SECOND.to_owned()));
}

#[test]
fn entities_soft_hyphens_and_white_space() {
    let text = "Caf&eacute; &amp; bar&nbsp;&ndash; &#8220;Zum Hafen&#x201D; ge\u{ad}schlossen,\n   &lt;wegen&gt; \0 Umbau, &unknown; bis auf weiteres &copy=1.";
    let html = page("", &format!("<h1>Hafen</h1><div><p>{text}</p>{}</div>", story()));
    assert_eq!(
        article(&html).paragraphs[0],
        "Café & bar – “Zum Hafen” geschlossen, <wegen> Umbau, &unknown; bis auf weiteres &copy=1."
    );
}

#[test]
fn json_ld_names_headline_authors_date_and_section() {
    for json in [
        r#"{"@type":"NewsArticle","headline":"Ferry stops","author":{"@type":"Person","name":"Ines Falk"},
            "datePublished":"2026-02-12T08:00:00+01:00","articleSection":"Harbour"}"#,
        r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"The Sandvik Post"},
            {"@type":["Article","NewsArticle"],"headline":"Ferry stops","author":[{"@id":"/#ines"}],
            "datePublished":"2026-02-12T08:00:00+01:00","articleSection":["Harbour","Town"]},
            {"@type":"Person","@id":"/#ines","name":"Ines Falk"}]}"#,
        r#"[{"@type":"BreadcrumbList"},{"@type":"ReportageNewsArticle","headline":"Ferry stops","author":"By Ines Falk",
            "datePublished":"2026-02-12T08:00:00+01:00","articleSection":"Harbour"}]"#,
        // A quote not escaped, a comma too many, a line break within a string.
        "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry stops\",\"description\":\"The \"Lomma\" stays\nin port\",
            \"author\":[{\"name\":\"Ines Falk\"},],\"datePublished\":\"2026-02-12T08:00:00+01:00\",\"articleSection\":\"Harbour\",}",
    ] {
        let html = page(&format!("<script type='application/ld+json'>{json}</script>"), &format!("<div>{}</div>", story()));
        let read = article(&html);
        assert_eq!(read.headline, "Ferry stops", "{json}");
        assert_eq!(read.bylines, ["Ines Falk"], "{json}");
        assert_eq!(read.section.as_deref(), Some("Harbour"), "{json}");
        assert_eq!(read.date.map(|d| d.to_string()).as_deref(), Some("2026-02-12T08:00:00+01:00"), "{json}");
        assert_eq!(read.language.as_deref(), Some("en"), "{json}");
    }
}

#[test]
fn the_json_ld_of_the_page_itself_goes_before_that_of_others() {
    let json = r#"[{"@type":"NewsArticle","headline":"Bakery opens","url":"https://post.example/bakery"},
                   {"@type":"NewsArticle","headline":"Ferry stops","url":"https://post.example/ferry"}]"#;
    let head = format!(
        "<link rel=canonical href='https://post.example/ferry/'><script type='application/ld+json'>{json}</script>"
    );
    assert_eq!(article(&page(&head, &format!("<div>{}</div>", story()))).headline, "Ferry stops");
}

#[test]
fn the_site_s_name_is_cut_from_the_headline() {
    for (title, site) in [
        ("Ferry stops | The Sandvik Post", "<meta property=og:site_name content='The Sandvik Post'>"),
        (
            "Ferry stops - Harbour - Sandvik Post",
            "<meta property=og:site_name content='Sandvik Post'><meta name=x>",
        ),
        ("Sandvik Post: Ferry stops", ""),
        (
            "Ferry stops – sandvikpost.example",
            "<link rel=canonical href='https://www.sandvikpost.example/a'>",
        ),
    ] {
        let html = page(&format!("<title>{title}</title>{site}"), &format!("<div>{}</div>", story()));
        let headline = article(&html).headline;
        assert!(headline.starts_with("Ferry stops") || site.is_empty(), "{title}: {headline}");
        assert!(!headline.contains("Sandvik Post") || site.is_empty(), "{title}: {headline}");
        assert!(!headline.contains("sandvikpost"), "{title}: {headline}");
    }
}

#[test]
fn section_and_author_around_the_headline_are_cut() {
    let html = page(
        "<meta property='og:title' content='Ferry to the island stops running | Harbour | by Ines Falk'>",
        &format!("<h1>Ferry to the island stops running</h1><div>{}</div>", story()),
    );
    assert_eq!(article(&html).headline, "Ferry to the island stops running");
}

#[test]
fn a_headline_cut_short_is_taken_whole() {
    let html = page(
        "<meta property='og:title' content='Ferry to the island stops…'>",
        &format!("<h1>Ferry to the island stops running</h1><div>{}</div>", story()),
    );
    assert_eq!(article(&html).headline, "Ferry to the island stops running");
}

#[test]
fn bylines_are_found_in_markup() {
    for markup in [
        "<p class=byline>By <a href=/i>Ines Falk</a> and <a href=/o>Olle Berg</a></p>",
        "<p class=byline><span>Ines Falk</span> <span>Olle Berg</span></p>",
        "<p itemprop=author><span itemprop=name>Ines Falk und Olle Berg</span></p>",
        "<ul><li><a rel=author href=/i>Ines Falk</a></li><li><a rel=author href=/o>Olle Berg</a></li></ul>",
        "<p>Von <a href='/autoren/falk'>Ines Falk</a>, <a href='/autoren/berg'>Olle Berg</a></p>",
        "<div class='article-author'>Par Ines Falk et Olle Berg</div>",
    ] {
        let html = page("", &format!("<h1>Ferry stops</h1>{markup}<div>{}</div>", story()));
        assert_eq!(article(&html).bylines, ["Ines Falk", "Olle Berg"], "{markup}");
    }
}

#[test]
fn who_comments_or_takes_pictures_is_no_author() {
    let html = page(
        "",
        &format!(
            "<h1>Ferry stops</h1><figure><span class=author>Pia Roth</span></figure>
             <div class=image-box><p class=author>Pia Roth</p></div><div>{}</div>
             <div class=comments><span class=comment-author>Kai Lund</span><p class=author>Kai Lund</p></div>",
            story()
        ),
    );
    assert_eq!(article(&html).bylines, Vec::<String>::new());
}

#[test]
fn people_go_before_the_site_and_profiles_are_no_names() {
    let head = r#"<meta property="og:site_name" content="The Sandvik Post">
        <meta property="article:author" content="https://social.example/ines">
        <script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"The Sandvik Post"}}</script>"#;
    let with_byline = format!("<h1>Ferry stops</h1><p class=author>Ines Falk</p><div>{}</div>", story());
    assert_eq!(article(&page(head, &with_byline)).bylines, ["Ines Falk"]);
    let without = format!("<h1>Ferry stops</h1><div>{}</div>", story());
    assert_eq!(article(&page(head, &without)).bylines, ["The Sandvik Post"]);
}

#[test]
fn a_name_alone_in_bold_at_the_end_is_the_byline() {
    let html = page("", &format!("<h1>Ferry stops</h1><div>{}<p><strong>Lê Hoa</strong></p></div>", story()));
    let read = article(&html);
    assert_eq!(read.bylines, ["Lê Hoa"]);
    assert_eq!(read.paragraphs, [FIRST, SECOND, THIRD]);
}

#[test]
fn the_date_is_that_of_publication() {
    for (head, markup, expected) in [
        (
            "<meta property=article:modified_time content=2026-02-20T10:00:00Z><meta property=article:published_time content=2026-02-12T08:00:00Z>",
            "",
            "2026-02-12T08:00:00Z",
        ),
        ("<meta name=dc.date content=2026-02-12>", "", "2026-02-12"),
        ("", "<time datetime=2026-02-12>yesterday</time>", "2026-02-12"),
        ("", "<span class=comment-date>20.02.2026</span><span class=date>12.02.2026</span>", "2026-02-12"),
        ("", "<div class=datum>12.02.2026 - aktualisiert: 13.02.2026</div>", "2026-02-12"),
        ("<link rel=canonical href='https://post.example/2026/02/12/ferry'>", "", "2026-02-12"),
        ("<link rel=canonical href='https://post.example/news/20260212-ferry'>", "", "2026-02-12"),
    ] {
        let html = page(head, &format!("<h1>Ferry stops</h1>{markup}<div>{}</div>", story()));
        assert_eq!(article(&html).date.map(|d| d.to_string()).as_deref(), Some(expected), "{head}{markup}");
    }
}

#[test]
fn a_declared_date_that_cannot_be_read_is_a_problem() {
    let html =
        page("<meta name=date content=31.02.2026>", &format!("<h1>Ferry stops</h1><div>{}</div>", story()));
    let read = article(&html);
    assert_eq!(read.date, None);
    assert_eq!(read.problems, ["date `31.02.2026` does not exist"]);
}

#[test]
fn section_fronts_are_skipped() {
    let teasers: String = (1..20)
        .map(|n| format!("<div><h3><a href=/{n}>Headline of another story, number {n}</a></h3><p>What it is about.</p></div>"))
        .collect();
    let Record::Skipped(reason) = read_page(&page("<title>Harbour news</title>", &teasers)) else {
        panic!("not skipped")
    };
    assert_eq!(reason, "section front: 19 headlines of other stories and no text of its own");
}

#[test]
fn an_article_with_many_teasers_below_is_no_section_front() {
    let teasers: String =
        (1..20).map(|n| format!("<h3><a href=/{n}>Headline of another story, number {n}</a></h3>")).collect();
    let html = page("", &format!("<h1>Ferry stops</h1><div>{0}{0}</div><div>{teasers}</div>", story()));
    assert_eq!(article(&html).paragraphs.len(), 6);
    let short = page(
        "<meta property=og:type content=article>",
        &format!("<h1>Ferry</h1><p>{FIRST}</p><div>{teasers}</div>"),
    );
    assert_eq!(article(&short).paragraphs, [FIRST]);
}

#[test]
fn a_page_without_text_is_unreadable() {
    for html in ["", " \n", "<html><body></body></html>", "<script>let a = 1;</script>", "<img src=x>"] {
        assert_eq!(read_page(html), Record::Unreadable("no article text found".to_owned()), "{html}");
    }
}

#[test]
fn a_line_without_paragraphs_is_a_body() {
    assert_eq!(
        article("<title>Ferry</title><h1>Ferry</h1>Two hundred people").paragraphs,
        ["Two hundred people"]
    );
    assert_eq!(
        article("<h1>Ferry</h1><nav>Home</nav><div>No ferry today</div>").paragraphs,
        ["No ferry today"]
    );
}

#[test]
fn the_story_is_read_from_scripts_where_only_they_hold_it() {
    let body = format!("{FIRST}\\n\\n{SECOND}\\n\\n{}", THIRD);
    let json = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script>"#
    );
    assert_eq!(article(&page(&json, "<div id=root></div>")).paragraphs, [FIRST, SECOND, THIRD]);
    let state = format!(
        "<script>push([1,\"\\u003cp\\u003e{FIRST}\\u003c/p\\u003e\\u003cp\\u003e{SECOND}\\u003c/p\\u003e\"])</script>"
    );
    assert_eq!(article(&page("", &state)).paragraphs, [FIRST, SECOND]);
}

#[test]
fn a_paragraph_that_begins_in_markup_of_its_own_is_kept_whole() {
    for (start, rest) in [
        ("<span class=dateline>SANDVIK</span>", " — The ferry stops on Friday, the office said."),
        (
            "<b class=author-quote>Ines Falk</b>",
            " of the harbour office said that the ferry stops on Friday.",
        ),
    ] {
        let kept = paragraphs_with(&format!("<p>{start}{rest}</p>"));
        assert!(kept[1].ends_with(rest.trim_start()), "{kept:?}");
    }
}

#[test]
fn an_element_that_holds_headline_and_story_is_no_boilerplate() {
    let longer = story().repeat(2);
    let comments = format!("<div class=comments>{}</div>", format!("<p>{FIRST}</p>").repeat(20));
    for around in [
        "<main class=social-anchor>",
        "<div class='related share'>",
        "<div class=modal style='display:none'>",
    ] {
        let html = page("", &format!("{around}<h1>Ferry stops</h1>{longer}</div></main>{comments}"));
        assert_eq!(article(&html).paragraphs.len(), 6, "{around}");
    }
}

#[test]
fn long_captions_of_a_gallery_do_not_outweigh_the_story() {
    let captions: String = (0..20).map(|n| format!("<li><h4>{n}/20</h4><p>{FIRST}</p></li>")).collect();
    let body = format!(
        "<h1>Ferry stops</h1><div itemprop=articleBody>{}{}<div class=full-pictures><div><ul>{captions}</ul></div></div></div>",
        story(),
        story()
    );
    assert!(article(&page("", &body)).paragraphs.contains(&THIRD.to_owned()));
}

#[test]
fn what_is_marked_as_the_article_goes_before_a_longer_live_feed() {
    let feed: String = (0..10).map(|n| format!("<li><p>Item {n} of the feed: {SECOND}</p></li>")).collect();
    let body = format!(
        "<h1>Ferry stops</h1><div itemprop=articleBody>{}{}</div><aside class=sidebar><ul>{feed}</ul></aside>",
        story(),
        story()
    );
    assert_eq!(article(&page("", &body)).paragraphs.len(), 6);
}

#[test]
fn the_headline_is_the_heading_that_the_title_begins_with() {
    for (title, headings, expected) in [
        (
            "Ferry to Lomma stops running | The Sandvik Post",
            "<h1 id=website-logo><a href=/>Sandvik</a></h1><h1>Ferry to Lomma stops running</h1>",
            "Ferry to Lomma stops running",
        ),
        (
            "Ferry to Lomma stops running",
            "<a href=/h>Harbour</a><h1>Harbour</h1>",
            "Ferry to Lomma stops running",
        ),
        ("The Sandvik Post – news from the coast", "<h1>Engine broken</h1>", "Engine broken"),
        ("Ferry to Lomma stops running - Sandvik Post", "", "Ferry to Lomma stops running"),
        ("Ferry stops - report", "", "Ferry stops - report"),
    ] {
        let html = page(
            &format!("<title>{title}</title>"),
            &format!("{headings}<div>{}<p>Engine broken, they said.</p></div>", story()),
        );
        assert_eq!(article(&html).headline, expected, "{title}");
    }
}
