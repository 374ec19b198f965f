#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use proptest::prelude::*;

fn context() -> Context<'static> {
    Context {
        path: "a.json",
        modified: Some("2026-01-05T12:00:00Z".parse().unwrap()),
        latest: None,
        map: None,
        day_month: None,
    }
}

#[track_caller]
fn article(text: &str) -> RawArticle {
    let mut records = read(text, &context());
    assert_eq!(records.len(), 1, "{records:?}");
    match records.remove(0) {
        Record::Article(article) => *article,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn skipped(text: &str) -> String {
    match read(text, &context()).remove(0) {
        Record::Skipped(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_plain_shape() {
    let read = article(
        r#"{"id": 7, "headline": "Bridge closed", "body": "One.\n\nTwo.", "author": "Ana Sousa", "section": "Metro", "date": "2025-12-02"}"#,
    );
    assert_eq!(read.id.as_deref(), Some("7"));
    assert_eq!(read.headline, "Bridge closed");
    assert_eq!(read.paragraphs, ["One.", "Two."]);
    assert_eq!(read.bylines, ["Ana Sousa"]);
    assert_eq!(read.section.as_deref(), Some("Metro"));
    assert_eq!(read.date.unwrap().to_string(), "2025-12-02");
}

#[test]
fn the_first_key_that_holds_something_counts() {
    let read = article(
        r#"{"headline": "", "title": "Bridge", "body": null, "text": "One.", "authors": [{"name": "Ana"}, "Jo"]}"#,
    );
    assert_eq!(read.headline, "Bridge");
    assert_eq!(read.paragraphs, ["One."]);
    assert_eq!(read.bylines, ["Ana", "Jo"]);
}

#[test]
fn the_shapes_of_apis_and_crawlers() {
    let guardian = article(
        r#"{"webTitle": "Bridge", "webPublicationDate": "2025-12-02T14:05:00Z", "sectionName": "World news",
            "fields": {"byline": "Ana Sousa", "bodyText": "One."}}"#,
    );
    assert_eq!((guardian.headline.as_str(), guardian.section.as_deref()), ("Bridge", Some("World news")));
    assert_eq!(
        (guardian.paragraphs, guardian.bylines),
        (vec!["One.".to_string()], vec!["Ana Sousa".to_string()])
    );

    let press = article(
        r#"{"id": 12, "date": "2025-12-02T14:05:00", "title": {"rendered": "Bridge &#8217;closed&#8217;"},
            "content": {"rendered": "<p>One.</p>\n<p>Two &amp; three.</p>"}, "categories": [4, 9],
            "_embedded": {"author": [{"name": "Ana Sousa"}]}}"#,
    );
    assert_eq!(press.headline, "Bridge ’closed’");
    assert_eq!(press.paragraphs, ["One.", "Two & three."]);
    assert_eq!((press.section, press.bylines), (None, vec!["Ana Sousa".to_string()]));

    let list = article(
        r#"{"title": "Bridge", "author": "Ana Sousa", "published_date": 1764684300000, "contents": [
            {"type": "kicker", "content": "Metro"}, {"type": "title", "content": "Bridge"}, {"type": "image", "fullcaption": "x"},
            {"type": "sanitized_html", "subtype": "paragraph", "content": "The <b>bridge</b> is closed."}, null]}"#,
    );
    assert_eq!(list.paragraphs, ["The bridge is closed."]);
    assert_eq!(
        (list.section.as_deref(), list.date.unwrap().to_string().as_str()),
        (Some("Metro"), "2025-12-02T14:05:00Z")
    );

    let sections = article(
        r#"{"title": "Bridge", "publishing_date": "2025-12-02", "body": {"summary": ["Lead."], "sections": [
            {"headline": [], "paragraphs": ["One.", "Two."]}, {"headline": ["Part two"], "paragraphs": ["Three."]}]}}"#,
    );
    assert_eq!(sections.paragraphs, ["Lead.", "One.", "Two.", "Part two", "Three."]);

    let item = article(
        r#"{"uri": "urn:x:1", "type": "text", "versionCreated": "2025-12-02T14:05:00Z", "by": "Ana Sousa",
            "headlines": [{"role": "main", "value": "Bridge"}],
            "bodies": [{"role": "text", "contentType": "text/plain", "value": "One. Two."},
                       {"role": "xhtml", "contentType": "text/html", "value": "<p>One.</p><p>Two.</p>"}]}"#,
    );
    assert_eq!((item.headline.as_str(), item.id.as_deref()), ("Bridge", Some("urn:x:1")));
    assert_eq!(item.paragraphs, ["One.", "Two."]);

    let headline_only = article(
        r#"{"headline": {"main": "Bridge"}, "byline": {"original": "By Ana Sousa", "person": []}, "lead_paragraph": "One.",
            "pub_date": "2025-12-02T00:00:00+0000", "section_name": "Metro"}"#,
    );
    assert_eq!((headline_only.headline.as_str(), headline_only.paragraphs.len()), ("Bridge", 1));
    assert_eq!(headline_only.bylines, ["By Ana Sousa"]);

    let hit = article(r#"{"_index": "a", "_source": {"title": "Bridge", "text": "One."}}"#);
    assert_eq!(hit.headline, "Bridge");
    let graph = article(
        r#"{"@graph": [{"@type": "Person", "name": "Ana"}, {"@type": ["NewsArticle"], "headline": "Bridge", "articleBody": "One."}]}"#,
    );
    assert_eq!(graph.headline, "Bridge");
}

#[test]
fn lists_and_objects_around_lists() {
    for text in [
        r#"[{"title":"A","body":"a"},{"title":"B","body":"b"}]"#,
        r#"{"articles":[{"title":"A","body":"a"},{"title":"B","body":"b"}]}"#,
        r#"{"status":"ok","response":{"docs":[{"title":"A","body":"a"},{"title":"B","body":"b"}]}}"#,
        "{\"title\":\"A\",\"body\":\"a\"}\n{\"title\":\"B\",\"body\":\"b\"}",
    ] {
        let headlines: Vec<String> = read(text, &context())
            .into_iter()
            .map(|record| match record {
                Record::Article(article) => article.headline,
                other => panic!("{text}: {other:?}"),
            })
            .collect();
        assert_eq!(headlines, ["A", "B"], "{text}");
    }
}

#[test]
fn a_document_cut_in_half_keeps_what_is_whole() {
    let records = read(r#"{"articles":[{"title":"A","body":"a"},{"title":"B","bo"#, &context());
    assert!(matches!(records.first(), Some(Record::Article(a)) if a.headline == "A"), "{records:?}");
    assert_eq!(records.get(1), Some(&Record::Unreadable("not valid JSON: it ends in the middle".into())));
    assert_eq!(records.len(), 2);
    let records = read(r#"{"title":"A","body":"a"#, &context());
    assert_eq!(records, [Record::Unreadable("not valid JSON: it ends in the middle".into())]);
}

#[test]
fn a_broken_element_costs_only_itself() {
    let records = read(r#"[{"title":"A","body":"a"},{"title":B},{"title":"C","body":"c"}]"#, &context());
    assert_eq!(records.len(), 3);
    assert!(matches!(records.first(), Some(Record::Article(_))));
    assert_eq!(
        records.get(1),
        Some(&Record::Unreadable("not valid JSON: expected value at character 10".into()))
    );
    assert!(matches!(records.get(2), Some(Record::Article(_))));
}

#[test]
fn small_faults_are_mended_and_said() {
    let record = read_one("{\"title\":\"A \\ud83d\",\"body\":\"one\ntwo\tthree \\' \\x\"}", &context());
    let Record::Article(article) = record else { panic!("{record:?}") };
    assert_eq!(article.headline, "A \u{fffd}");
    assert_eq!(article.paragraphs, ["one", "two three ' \\x"]);
    assert_eq!(article.problems, ["its JSON is not valid, and was mended"]);
}

#[test]
fn what_is_no_article_is_skipped_with_the_reason() {
    assert_eq!(skipped(r#"{"name": "package", "version": "1.0"}"#), "no headline and body: not an article");
    assert_eq!(
        skipped(r#"{"type": "picture", "versionCreated": "2025-12-02", "headlines": [{"value": "X"}]}"#),
        "of type `picture`: not an article"
    );
    assert_eq!(skipped("[]"), "an empty list: no article");
    assert_eq!(skipped("42"), "a single value: no article");
    assert_eq!(skipped("[1]"), "not an object: no article");
}

#[test]
fn odd_types_and_doubles_do_no_harm() {
    let read = article(
        r#"{"title": ["A", "B"], "title": "C", "body": [["one"], {"text": "two"}, 3, null, true], "author": 5, "date": {}, "section": ["", "Metro"]}"#,
    );
    assert_eq!(read.headline, "A");
    assert_eq!(read.paragraphs, ["one", "two"]);
    assert_eq!(read.section.as_deref(), Some("Metro"));
}

#[test]
fn deep_nesting_is_refused_not_followed() {
    let deep = format!("{{\"body\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(
        matches!(read(&deep, &context()).as_slice(), [Record::Unreadable(reason)] if reason.contains("too deeply"))
    );
}

#[test]
fn a_date_that_cannot_be_is_a_problem_of_the_article() {
    let read = article(r#"{"title": "A", "body": "b", "date": "31/02/96"}"#);
    assert_eq!(read.date, None);
    assert_eq!(read.problems, ["date `31/02/96` does not exist"]);
    // The language says how its newsroom writes dates.
    let german = article(r#"{"title": "A", "body": "b", "date": "03/04/2025", "language": "de"}"#);
    assert_eq!(german.date.unwrap().to_string(), "2025-04-03");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "([\\[\\]{}\",:\\\\]|\"title\":|\"body\":|\"articles\":|\"a\"|u|1|null|é| |\n){0,40}") {
        let _ = read(&text, &context());
        let _ = read_one(&text, &context());
    }
}

#[test]
fn content_lists_with_roles_among_them() {
    let post = article(
        r#"{"id": "w1", "title": "Bill passes", "author": "Ana Sousa", "published_date": 1512345600000, "contents": [
            {"type": "kicker", "content": "Politics"}, {"type": "title", "content": "Bill passes"},
            {"type": "sanitized_html", "subtype": "paragraph", "content": "The <b>bill</b> passed."},
            {"type": "correction", "content": "An earlier version was wrong."},
            {"type": "author_info", "role": "", "name": "Ana Sousa", "bio": "Ana covers it."}]}"#,
    );
    assert_eq!(post.paragraphs, ["The bill passed.", "An earlier version was wrong."]);
    assert_eq!(post.section.as_deref(), Some("Politics"));

    let arc = article(
        r#"{"_id": "A1", "type": "story", "headlines": {"basic": "Talks end"}, "display_date": "2025-12-02T14:05:00Z",
            "content_elements": [{"type": "text", "content": "One <i>two</i>."}, {"type": "image", "caption": "No"},
                {"type": "list", "items": [{"type": "text", "content": "Item"}]}],
            "credits": {"by": [{"name": "Ana Sousa", "type": "author"}]}, "taxonomy": {"primary_section": {"name": "World"}}}"#,
    );
    assert_eq!(
        (arc.headline.as_str(), arc.paragraphs),
        ("Talks end", vec!["One two.".into(), "Item".into()])
    );
    assert_eq!((arc.bylines, arc.section), (vec!["Ana Sousa".to_string()], Some("World".to_string())));
    assert!(arc.date.is_some());
}

#[test]
fn a_number_is_no_name_and_no_section() {
    let post = article(
        r#"[{"id": 77, "link": "https://x.example/world/talks/", "title": {"rendered": "Talks &#8211; no deal"},
            "content": {"rendered": "<p>One.</p>"}, "author": 3, "categories": [12],
            "_embedded": {"author": [{"id": 3, "name": "Ana Sousa"}], "wp:term": [[{"id": 12, "name": "World"}]]}}]"#,
    );
    assert_eq!((post.bylines, post.section), (vec!["Ana Sousa".to_string()], Some("World".to_string())));
    assert_eq!(post.address.as_deref(), Some("https://x.example/world/talks/"));
}

#[test]
fn what_its_publisher_took_back_is_no_article() {
    let killed = r#"{"uri": "x:2", "type": "text", "headline": "KILL", "body_text": "Kill.", "pubstatus": "canceled"}"#;
    assert_eq!(skipped(killed), "its publisher says that it is `canceled`: not an article");
}

#[test]
fn answers_of_search_engines_hold_lists_in_hits() {
    let answer = r#"{"took": 1, "hits": {"total": 1, "hits": [{"_id": "9", "_source": {"headline": "Talks", "body": "One."}}]}}"#;
    assert_eq!(article(answer).headline, "Talks");
}

#[test]
fn a_list_of_things_that_are_nothing_is_counted() {
    let text = format!("[{{}}{}]", ",{}".repeat(700_000));
    let records = read(&text, &context());
    let reason = "no headline and body: not an article".to_string();
    assert_eq!(records, [Record::Skipped(reason), Record::Again(700_000)]);
}

#[test]
fn an_article_of_values_without_number_is_cut() {
    let numbers = ",1".repeat(600_000);
    let read =
        article(&format!(r#"{{"headline":"Bridge","body":"Closed.","x":[0{numbers}],"date":"2025-12-02"}}"#));
    assert_eq!(
        (read.headline.as_str(), read.paragraphs.as_slice()),
        ("Bridge", &["Closed.".to_string()][..])
    );
    assert_eq!(read.problems, ["more than 500000 values: what stands behind them was not read"]);
    let behind = format!(r#"{{"x":[0{numbers}],"headline":"Bridge","body":"Closed."}}"#);
    let cut = "more than 500000 values: what stands behind them was not read".to_string();
    assert_eq!(super::read(&behind, &context()), [Record::Unreadable(cut)]);
}

#[test]
fn a_body_of_paragraphs_without_number_loses_nothing() {
    for (paragraph, text) in [("<p>a", "a"), ("a\\n\\n", "a"), ("a\\n", "a")] {
        let body = paragraph.repeat(1_100_000);
        let read = article(&format!(r#"{{"headline":"Bridge","body":"<p>x{body}","author":"Ana Sousa"}}"#));
        assert!(read.problems.is_empty());
        let count: usize = read.paragraphs.iter().map(|paragraph| paragraph.matches(text).count()).sum();
        assert_eq!(count, 1_100_000);
        assert!(read.paragraphs.len() <= 1_000_000);
    }
}
