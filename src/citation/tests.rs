//! Citations as a librarian would write them.

use jiff::civil::date;

use super::*;
use crate::article::{ArticleDate, Format};

fn article(authors: &[&str], headline: &str) -> Article {
    Article {
        id: "cr-1".into(),
        path: "a.txt".into(),
        record: 1,
        headline: headline.into(),
        body: "The flood.".into(),
        publication: None,
        url: None,
        authors: authors.iter().map(|name| (*name).to_owned()).collect(),
        section: Some("World".into()),
        date: Some(ArticleDate::from_day(date(2025, 9, 2))),
        dateline: None,
        format: Format::Text,
        language: Some("en".into()),
        problems: Vec::new(),
    }
}

const PAPER: Option<&str> = Some("The Wexcombe Courier");

#[test]
fn one_author_in_every_style() {
    let article = article(&["Sofia Anna Brandvold"], "The river rises");
    for (style, cited) in [
        (Style::Apa, "Brandvold, S. A. (2025, September 2). The river rises. The Wexcombe Courier."),
        (Style::Mla, "Brandvold, Sofia Anna. “The river rises.” The Wexcombe Courier, 2 Sept. 2025."),
        (
            Style::Chicago,
            "Brandvold, Sofia Anna. “The river rises.” The Wexcombe Courier, September 2, 2025.",
        ),
        (Style::Harvard, "Brandvold, S. A. (2025) ‘The river rises’, The Wexcombe Courier, 2 September."),
        (
            Style::Ris,
            "TY  - NEWS\nTI  - The river rises\nAU  - Brandvold, Sofia Anna\nT2  - The Wexcombe Courier\nPY  - 2025\n\
             DA  - 2025/09/02\nSE  - World\nLA  - en\nID  - cr-1\nER  - ",
        ),
        (
            Style::Bibtex,
            "@article{brandvold2025river-cr-1,\n  title = {{The river rises}},\n  author = {Brandvold, Sofia Anna},\n  \
             journal = {The Wexcombe Courier},\n  year = {2025},\n  month = {9},\n  day = {2},\n  note = {id cr-1}\n}",
        ),
    ] {
        assert_eq!(cite(&article, style, PAPER), cited);
    }
}

#[test]
fn an_article_says_itself_where_it_stood() {
    let article = Article {
        publication: Some("Harrow Post".into()),
        url: Some("https://post.example/a_b?x={1}".into()),
        ..article(&["Ana Sousa"], "The river rises")
    };
    for (style, cited) in [
        (
            Style::Apa,
            "Sousa, A. (2025, September 2). The river rises. Harrow Post. https://post.example/a_b?x={1}",
        ),
        (Style::Mla, "Sousa, Ana. “The river rises.” Harrow Post, 2 Sept. 2025, post.example/a_b?x={1}."),
        (
            Style::Chicago,
            "Sousa, Ana. “The river rises.” Harrow Post, September 2, 2025. https://post.example/a_b?x={1}.",
        ),
        (
            Style::Harvard,
            "Sousa, A. (2025) ‘The river rises’, Harrow Post, 2 September. Available at: https://post.example/a_b?x={1}.",
        ),
    ] {
        assert_eq!(cite(&article, style, None), cited);
    }
    assert!(cite(&article, Style::Bibtex, None).contains("  url = {https://post.example/a_b?x=%7B1%7D},"));
    assert!(cite(&article, Style::Ris, None).contains("T2  - Harrow Post\n"));
    assert!(cite(&article, Style::Ris, None).contains("UR  - https://post.example/a_b?x={1}\n"));
    assert!(cite(&article, Style::Apa, PAPER).contains("The Wexcombe Courier."));
}

#[test]
fn several_authors_are_joined_as_the_style_joins_them() {
    let two = article(&["Ana Sousa", "Jo Ek"], "Who paid?");
    let three = article(&["Ana Sousa", "Jo Ek", "Ivo van der Brand"], "Who paid?");
    assert_eq!(cite(&two, Style::Apa, None), "Sousa, A., & Ek, J. (2025, September 2). Who paid?");
    assert_eq!(cite(&two, Style::Mla, None), "Sousa, Ana, and Jo Ek. “Who paid?” 2 Sept. 2025.");
    assert_eq!(cite(&three, Style::Mla, None), "Sousa, Ana, et al. “Who paid?” 2 Sept. 2025.");
    let chicago = "Sousa, Ana, Jo Ek, and Ivo van der Brand. “Who paid?” September 2, 2025.";
    assert_eq!(cite(&three, Style::Chicago, None), chicago);
    let harvard = "Sousa, A., Ek, J. and van der Brand, I. (2025) ‘Who paid?’, 2 September.";
    assert_eq!(cite(&three, Style::Harvard, None), harvard);
}

#[test]
fn no_more_is_said_than_is_known() {
    let mut nobody = article(&[], "The river rises");
    assert_eq!(
        cite(&nobody, Style::Apa, PAPER),
        "The river rises. (2025, September 2). The Wexcombe Courier."
    );
    assert_eq!(cite(&nobody, Style::Harvard, None), "‘The river rises’ (2025), 2 September.");
    nobody.date = nobody.date.map(|date| ArticleDate { precision: DatePrecision::Year, ..date });
    assert_eq!(cite(&nobody, Style::Chicago, None), "“The river rises.” 2025.");
    assert_eq!(csl(&nobody, None)["issued"], json!({ "date-parts": [[2025]] }));
    nobody.date = None;
    assert_eq!(cite(&nobody, Style::Apa, None), "The river rises. (n.d.).");
    assert_eq!(cite(&nobody, Style::Mla, None), "“The river rises.”");
    assert!(!cite(&nobody, Style::Bibtex, None).contains("year"));
}

#[test]
fn names_are_parted_where_they_have_parts() {
    for (author, given, family) in [
        ("Jo Ek", "Jo", "Ek"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("Meridian", "", "Meridian"),
        ("Meridian News Agency", "", "Meridian News Agency"),
        ("Van Morten", "Van", "Morten"),
    ] {
        assert_eq!(Name::of(author), Name { given, family }, "{author}");
    }
    assert_eq!(Name::of("Jean-Pierre Roux").initials(), "J.-P.");
}

#[test]
fn what_tex_and_json_would_misread_is_escaped() {
    let article = article(&["A & B News"], "100% {of} $5_m");
    let cited = cite(&article, Style::Bibtex, None);
    assert!(cited.contains("title = {{100\\% \\{of\\} \\$5\\_m}}"), "{cited}");
    assert!(cited.contains("author = {{A \\& B News}}"), "{cited}");
    assert_eq!(csl(&article, PAPER)["author"], json!([{ "literal": "A & B News" }]));
    assert_eq!(csl(&article, PAPER)["container-title"], "The Wexcombe Courier");
}

#[test]
fn a_guessed_date_is_never_cited_as_a_day() {
    let mut article = article(&["Sofia Brandvold"], "The river rises");
    article.date = Some(ArticleDate {
        precision: DatePrecision::Approximate,
        ..ArticleDate::from_day(date(2020, 3, 1))
    });
    for (style, cited) in [
        (Style::Apa, "Brandvold, S. (ca. 2020, March). The river rises."),
        (Style::Mla, "Brandvold, Sofia. “The river rises.” ca. Mar. 2020."),
        (Style::Chicago, "Brandvold, Sofia. “The river rises.” ca. March 2020."),
        (Style::Harvard, "Brandvold, S. (ca. 2020) ‘The river rises’, March."),
    ] {
        assert_eq!(cite(&article, style, None), cited);
    }
    assert!(cite(&article, Style::Ris, None).contains("\nDA  - 2020/03//ca.\n"));
    let bibtex = cite(&article, Style::Bibtex, None);
    assert!(bibtex.contains("date uncertain") && !bibtex.contains("day ="), "{bibtex}");
    assert_eq!(
        csl(&article, None)["issued"],
        serde_json::json!({ "date-parts": [[2020, 3]], "circa": true })
    );
}
