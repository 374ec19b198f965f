//! One story in the markup of many publishing systems, decades and tools: every field must come out the same.

use super::{FIRST, SECOND, THIRD, article};

/// The pages: a line `== name`, and the page below it, in which `{body}` is the story's paragraphs and `{1}`
/// the first one's text.
const LAYOUTS: &str = include_str!("layouts.txt");

fn pages() -> impl Iterator<Item = (&'static str, String)> {
    LAYOUTS.split("== ").skip(1).map(|layout| {
        let (name, html) = layout.split_once('\n').unwrap();
        let html = html
            .replace("{body}", &format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"))
            .replace("{1-rest}", FIRST.strip_prefix("The ferry").unwrap())
            .replace("{2-rest}", SECOND.strip_prefix("Some two").unwrap())
            .replace("{1}", FIRST)
            .replace("{2}", SECOND)
            .replace("{3}", THIRD);
        (name, html)
    })
}

#[test]
fn every_layout_gives_the_same_article() {
    assert!(pages().count() > 30);
    for (name, html) in pages() {
        let read = article(&html);
        assert_eq!(read.headline, "Ferry to Lomma stops running", "{name}");
        assert_eq!(read.bylines, ["Ines Falk"], "{name}");
        assert_eq!(read.section.map(|s| s.to_lowercase()).as_deref(), Some("harbour"), "{name}");
        let day = read.date.map(|d| d.to_string()).unwrap_or_default();
        assert!(day.starts_with("2026-02-12"), "{name}: {day}");
        assert_eq!(read.paragraphs, [FIRST, SECOND, THIRD], "{name}");
    }
}

#[test]
fn pages_of_other_scripts_give_headline_name_and_day() {
    for (title, headline, byline, date, name) in [
        (
            "ロンマ行き連絡船が運休へ：砂浜新聞デジタル",
            "ロンマ行き連絡船が運休へ",
            "佐藤恵子 記者",
            "2026年2月12日 8時00分",
            "佐藤恵子",
        ),
        (
            "롬마행 여객선 운항 중단 - 모래일보",
            "롬마행 여객선 운항 중단",
            "김민수 기자",
            "입력 2026.02.12 08:00",
            "김민수",
        ),
        (
            "隆玛渡轮周五停航_港口_沙湾日报网",
            "隆玛渡轮周五停航",
            "记者 王小明",
            "2026年02月12日 08:00",
            "王小明",
        ),
        (
            "توقف العبارة إلى لوما | صحيفة الرمل",
            "توقف العبارة إلى لوما",
            "كتب: أحمد سالم",
            "12 فبراير 2026 - 08:00",
            "أحمد سالم",
        ),
        (
            "Паром на Ломму прекращает рейсы — Песчаные вести",
            "Паром на Ломму прекращает рейсы",
            "Автор: Ирина Фальк",
            "12 февраля 2026, 08:00",
            "Ирина Фальк",
        ),
    ] {
        let html = super::page(
            &format!("<title>{title}</title>"),
            &format!(
                "<h1>{headline}</h1><p class=byline>{byline}</p><p class=date>{date}</p><div>{}</div>",
                super::story()
            ),
        );
        let read = article(&html);
        assert_eq!(read.headline, headline);
        assert_eq!(read.bylines, [name]);
        assert!(read.date.unwrap().to_string().starts_with("2026-02-12"), "{headline}");
    }
}
