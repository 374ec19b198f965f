#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

fn context() -> Context<'static> {
    Context {
        path: "a.xml",
        modified: Some("2026-01-05T12:00:00Z".parse().unwrap()),
        latest: None,
        map: None,
        day_month: None,
    }
}

fn articles(text: &str) -> Vec<RawArticle> {
    read(text, &context())
        .into_iter()
        .map(|record| match record {
            Record::Article(article) => *article,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[track_caller]
fn article(text: &str) -> RawArticle {
    let mut found = articles(text);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn reasons(text: &str) -> Vec<String> {
    read(text, &context())
        .into_iter()
        .map(|record| match record {
            Record::Skipped(reason) | Record::Unreadable(reason) => reason,
            Record::Article(article) => format!("article {}", article.headline),
            Record::Again(again) => format!("{again} more"),
        })
        .collect()
}

const NITF: &str = r#"<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">
<nitf><head><title>Other title</title>
<meta name="publication_day_of_month" content="2"/><meta name="publication_month" content="12"/><meta name="publication_year" content="2007"/>
<meta name="online_sections" content="Metro; Front Page"/>
<docdata><doc-id id-string="123"/></docdata></head>
<body><body.head><hedline><hl1>Bridge <em>closed</em> &amp; guarded</hl1></hedline>
<byline class="print_byline">By ANA SOUSA, <byttl>Staff Reporter</byttl></byline><byline class="normalized_byline">Sousa, Ana</byline>
<dateline><location>RUSKA</location></dateline><abstract><p>Short.</p></abstract></body.head>
<body.content><block class="lead_paragraph"><p>One.</p></block><block class="full_text"><p>One.</p><p>Two & a half.</p>
<media media-type="image"><media-caption>The bridge</media-caption></media></block></body.content></body></nitf>"#;

#[test]
fn nitf_with_its_meta() {
    let read = article(NITF);
    assert_eq!(read.headline, "Bridge closed & guarded");
    assert_eq!(read.bylines, ["By ANA SOUSA,"]);
    assert_eq!(
        (read.id.as_deref(), read.section.as_deref(), read.dateline.as_deref()),
        (Some("123"), Some("Metro"), Some("RUSKA"))
    );
    assert_eq!(read.date.unwrap().to_string(), "2007-12-02");
    assert_eq!(read.paragraphs, ["One.", "Two & a half."]);
}

#[test]
fn newsml_g2_items_and_messages() {
    let item = |class: &str, content: &str| {
        format!(
            r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:{class}" xml:lang="en-GB"><itemMeta><itemClass qcode="ninat:{class}"/>
            <versionCreated>2025-12-02T14:05:00Z</versionCreated></itemMeta><contentMeta><by>Ana Sousa</by><headline>Bridge</headline>
            <subject qcode="medtop:1"><name>transport</name></subject></contentMeta><contentSet>{content}</contentSet></newsItem>"#
        )
    };
    let nitf = "<inlineXML><nitf><body><body.content><p>One.</p></body.content></body></nitf></inlineXML>";
    let read = article(&item("text", nitf));
    assert_eq!((read.headline.as_str(), read.id.as_deref()), ("Bridge", Some("urn:x:text")));
    assert_eq!((read.section.as_deref(), read.language.as_deref()), (Some("transport"), Some("en-GB")));
    assert_eq!((read.paragraphs, read.bylines), (vec!["One.".to_string()], vec!["Ana Sousa".to_string()]));
    let html = "<inlineXML><html><body><h1>Bridge</h1><p>One <b>two</b>.</p></body></html></inlineXML>";
    assert_eq!(article(&item("text", html)).paragraphs, ["One two."]);
    let plain = "<inlineData contenttype=\"text/plain\">One.\n\nTwo.</inlineData>";
    assert_eq!(article(&item("text", plain)).paragraphs, ["One.", "Two."]);
    let message = format!(
        "<newsMessage><itemSet>{}{}<packageItem/></itemSet></newsMessage>",
        item("text", nitf),
        item("picture", "")
    );
    assert_eq!(
        reasons(&message),
        ["article Bridge", "of class `picture`: not an article", "a package of items: not an article"]
    );
    assert_eq!(reasons("<conceptItem/>"), ["a concept: not an article"]);
    // A flash is an article; a headline over a table is none.
    assert_eq!(article(&item("text", "")).problems, ["the item has a headline and no text"]);
    assert_eq!(reasons(&item("composite", "")), ["a headline without a text: not an article"]);
    let killed = item("text", plain).replace("</itemMeta>", "<pubStatus qcode='stat:canceled'/></itemMeta>");
    assert_eq!(reasons(&killed), ["its publisher says that it is `canceled`: not an article"]);
}

#[test]
fn newsml_1_2() {
    let read = article(
        r#"<NewsML><NewsItem xml:lang="de"><Identification><NewsIdentifier><DateId>20251202</DateId><NewsItemId>n1</NewsItemId></NewsIdentifier>
        </Identification><NewsManagement><FirstCreated>20251202T140500+0100</FirstCreated></NewsManagement>
        <NewsComponent><NewsLines><HeadLine>Brücke</HeadLine><ByLine>Von Ana Sousa</ByLine></NewsLines>
        <NewsComponent><ContentItem><MediaType FormalName="Photo"/></ContentItem></NewsComponent>
        <NewsComponent><ContentItem><MediaType FormalName="Text"/><DataContent><p>Eins.</p><p>Zwei.</p></DataContent></ContentItem></NewsComponent>
        </NewsComponent></NewsItem></NewsML>"#,
    );
    assert_eq!((read.headline.as_str(), read.id.as_deref()), ("Brücke", Some("n1")));
    assert_eq!(read.date.unwrap().to_string(), "2025-12-02T14:05:00+01:00");
    assert_eq!(read.paragraphs, ["Eins.", "Zwei."]);
}

#[test]
fn rss_with_full_content() {
    let read = articles(
        r#"<rss version="2.0" xmlns:content="c" xmlns:dc="d"><channel><title>The Daily</title><language>en-us</language>
        <item><title>Bridge &amp;amp; river</title><link>https://x.example/1</link><guid>g1</guid><dc:creator>Ana Sousa</dc:creator>
        <category>Metro</category><pubDate>Tue, 02 Dec 2025 14:05:00 GMT</pubDate><description>Short.</description>
        <content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>
        <item><title>Second</title><description>&lt;p&gt;Only this.&lt;/p&gt;</description></item></channel></rss>"#,
    );
    let [first, second] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((first.headline.as_str(), first.id.as_deref()), ("Bridge & river", Some("g1")));
    assert_eq!(
        (first.section.as_deref(), first.bylines.as_slice()),
        (Some("Metro"), ["Ana Sousa".to_string()].as_slice())
    );
    assert_eq!(first.paragraphs, ["One.", "Two."]);
    assert_eq!(first.date.unwrap().to_string(), "2025-12-02T14:05:00Z");
    assert_eq!(second.paragraphs, ["Only this."]);
}

#[test]
fn atom() {
    let read = article(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title><entry><title type="html">Bridge</title><id>urn:1</id>
        <author><name>Ana Sousa</name></author><published>2025-12-02T14:05:00Z</published><updated>2025-12-03T14:05:00Z</updated>
        <category term="metro" label="Metro"/><content type="xhtml"><div><p>One.</p><p>Two.</p></div></content></entry></feed>"#,
    );
    assert_eq!((read.headline.as_str(), read.section.as_deref()), ("Bridge", Some("Metro")));
    assert_eq!((read.paragraphs.len(), read.date.unwrap().to_string().as_str()), (2, "2025-12-02T14:05:00Z"));
}

#[test]
fn wordpress_exports() {
    let item = |kind: &str, status: &str| {
        format!(
            "<item><title>Bridge</title><dc:creator>asousa</dc:creator><content:encoded><![CDATA[One <b>bold</b>\n\nTwo.]]></content:encoded>\
             <excerpt:encoded></excerpt:encoded><wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        )
    };
    let text = format!(
        "<rss><channel><wp:author><wp:author_login>asousa</wp:author_login><wp:author_display_name>Ana Sousa</wp:author_display_name></wp:author>{}{}{}\
         </channel></rss>",
        item("post", "publish"),
        item("attachment", "inherit"),
        item("post", "draft")
    );
    assert_eq!(
        reasons(&text),
        ["article Bridge", "of type `attachment`: not an article", "of status `draft`: not published"]
    );
    let Some(Record::Article(read)) = super::read(&text, &context()).into_iter().next() else { panic!() };
    assert_eq!(read.paragraphs, ["One bold", "Two."]);
    assert_eq!(read.bylines, ["Ana Sousa"]);
}

#[test]
fn jats_and_plain_xml() {
    let jats = article(
        "<article><front><article-meta><article-id>x1</article-id><title-group><article-title>Bridge</article-title></title-group><contrib-group>\
         <contrib contrib-type=\"author\"><name><surname>Sousa</surname><given-names>Ana</given-names></name></contrib></contrib-group><pub-date>\
         <day>2</day><month>12</month><year>2025</year></pub-date></article-meta></front><body><sec><title>Part</title><p>One.</p></sec></body></article>",
    );
    assert_eq!(
        (jats.headline.as_str(), jats.bylines.as_slice()),
        ("Bridge", ["Ana Sousa".to_string()].as_slice())
    );
    assert_eq!((jats.paragraphs.len(), jats.date.unwrap().to_string().as_str()), (2, "2025-12-02"));
    let plain = articles(
        "<archive><article id=\"1\"><Title>Bridge</Title><Author>Ana Sousa</Author><Date>2025-12-02</Date><Body>One.\n\nTwo.</Body></article><article>\
         <Title>Second</Title><Body><p>x</p></Body></article></archive>",
    );
    assert_eq!(plain.len(), 2);
    assert_eq!((plain[0].id.as_deref(), plain[0].paragraphs.len()), (Some("1"), 2));
    let solr = article(
        "<add><doc><field name=\"id\">7</field><field name=\"title\">Bridge</field><field name=\"text\">One.</field></doc></add>",
    );
    assert_eq!((solr.id.as_deref(), solr.headline.as_str()), (Some("7"), "Bridge"));
    assert_eq!(
        reasons("<sportsContent><a/></sportsContent>"),
        ["XML of another kind, with the root `sportsContent`: no article in it"]
    );
}

#[test]
fn what_breaks_off_keeps_what_came_before() {
    let cut: String = NITF.chars().take(NITF.find("Two &").unwrap() + 5).collect();
    let read = article(&cut);
    assert_eq!(read.headline, "Bridge closed & guarded");
    assert_eq!(read.problems, ["its XML ends in the middle"]);
    assert_eq!(reasons("no xml"), ["not valid XML: it has no element"]);
}

#[test]
fn bombs_are_harmless() {
    let entities = "<!DOCTYPE a [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><article><title>&b;</title><body>&b;</body></article>";
    assert_eq!(article(entities).headline, "&b;");
    let deep = format!(
        "<article><title>A</title><body>{}x{}</body></article>",
        "<p>".repeat(100_000),
        "</p>".repeat(100_000)
    );
    assert_eq!(article(&deep).paragraphs, ["x"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<nitf>|<body>|<p>|</p>|<rss>|<item>|<title>|</title>|<newsItem |a=\"|&|;|<!\\[CDATA\\[|\\]\\]>|<!--|é|/>|>|x| ){0,40}") {
        let _ = read(&text, &context());
    }
}

#[test]
fn quotation_marks_of_two_characters_are_typeset() {
    let read = article(
        "<nitf><body><body.content><p>''We know,'' she said. ``So do we'' (''they'').</p></body.content></body></nitf>",
    );
    assert_eq!(read.paragraphs, ["“We know,” she said. “So do we” (“they”)."]);
}

#[test]
fn what_closes_a_post_is_no_part_of_it_and_shortcodes_are_gone() {
    let post = article(
        "<rss><channel><item><title>A</title><post_type>post</post_type><encoded><![CDATA[<p>One [1].</p>\
         [caption id=\"x\"]A picture[/caption]<p>Two <a href=\"x\">link</a>.</p>[gallery]<p><a href=\"x\">More</a></p>\
         <p>The post <a href=\"x\">A</a> appeared first on <a href=\"y\">Y</a>.</p>]]></encoded></item></channel></rss>",
    );
    assert_eq!(post.paragraphs, ["One [1].", "Two link."]);
}

/// A collection of so many items that it is read in parts, with what its first and last parts have in common.
fn collection(start: &str, item: impl Fn(usize) -> String, end: &str) -> String {
    let items: String = (0..40_000).map(item).collect();
    format!("{start}{items}{end}")
}

#[test]
fn a_collection_is_read_in_parts_and_gives_the_same() {
    let feed = collection(
        "<rss><channel><title>The Courier</title><language>de</language><author><author_login>as</author_login>\
         <author_display_name>Ana Sousa</author_display_name></author>",
        |n| {
            format!(
                "<item><title>Bridge {n}</title><creator>as</creator><description>Closed.</description></item>\n"
            )
        },
        "</channel></rss>",
    );
    let news = collection(
        "<newsMessage><header><sent>x</sent></header><itemSet>",
        |n| {
            format!(
                "<newsItem xml:lang='de'><contentMeta><headline>Bridge {n}</headline><by>Ana Sousa</by></contentMeta><contentSet><inlineData>Closed.</inlineData></contentSet></newsItem>"
            )
        },
        "</itemSet></newsMessage>",
    );
    let plain = collection(
        "<response><head><rows>40000</rows></head><docs>",
        |n| {
            format!(
                "<doc lang='de'><title>Bridge {n}</title><author>Ana Sousa</author><body><p>Closed.</p></body></doc>"
            )
        },
        "</docs></response>",
    );
    for text in [feed, news, plain] {
        let read = articles(&text);
        assert_eq!(read.len(), 40_000);
        for (n, article) in read.iter().enumerate() {
            assert_eq!(article.headline, format!("Bridge {n}"));
            assert_eq!(article.bylines, ["Ana Sousa"]);
            assert_eq!(article.language.as_deref(), Some("de"));
            assert_eq!(article.paragraphs, ["Closed."]);
            assert!(article.problems.is_empty());
        }
        // One that breaks off keeps what came before.
        let end = text.rfind("</").unwrap();
        let last = articles(&text[..end]).pop().unwrap();
        assert_eq!(last.problems, ["its XML ends in the middle"]);
    }
}

#[test]
fn parts_of_articles_are_no_articles_of_their_own() {
    let inside = "<related><title>Other</title><text>Other.</text></related>".repeat(40_000);
    let read =
        articles(&format!("<archive><a><title>Bridge</title><body>Closed.</body>{inside}</a></archive>"));
    assert_eq!(read.iter().map(|article| article.headline.as_str()).collect::<Vec<_>>(), ["Bridge"]);
}

#[test]
fn items_that_are_nothing_are_counted() {
    let text = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(300_000));
    assert_eq!(reasons(&text), ["no headline and body: not an article", "299999 more"]);
}

#[test]
fn an_article_of_elements_without_number_is_cut() {
    let text = format!(
        "<nitf><body><body.content><p>Closed.</p>{}</body.content></body></nitf>",
        "<p/>".repeat(600_000)
    );
    let read = article(&text);
    assert_eq!(read.paragraphs, ["Closed."]);
    assert_eq!(
        read.problems,
        [
            "more than 500000 elements, attributes and texts: what stands behind the first 2000024 of its 2400069 bytes was not read"
        ]
    );
    let other = format!("<archive>{}</archive>", "<a b='c'/>".repeat(300_000));
    assert!(reasons(&other)[0].starts_with("more than 500000 elements"));
}

#[test]
fn articles_without_number_are_cut() {
    let items = "<entry><title>Bridge</title></entry>".repeat(250_000);
    let read = articles(&format!("<feed>{items}</feed>"));
    assert!((200_000..240_000).contains(&read.len()), "{}", read.len());
    assert!(
        read.last().unwrap().problems[0]
            .to_string()
            .starts_with("more than 200000 articles: what stands behind the first")
    );
}
