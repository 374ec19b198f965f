//! Tells pages that are no articles from those that are: section fronts, pages of errors, logins, and checks
//! for robots. Judges by what was read of them, never by their address.

use super::blocks;
use super::body::Story;
use super::dom::Page;
use super::metadata::Metadata;
use super::tag::Tag;

/// A page with more text than this says more than that something is missing.
const LONGEST_NOTICE: usize = 700;

/// Titles of pages that stand where an article is missing, in lower case.
const ERRORS: &[&str] = &[
    "404",
    "400 bad request",
    "401 unauthorized",
    "404 not found",
    "405 method not allowed",
    "410 gone",
    "429 too many requests",
    "451 unavailable for legal reasons",
    "504 gateway timeout",
    "gateway timeout",
    "error",
    "error 404",
    "oops",
    "not found",
    "page not found",
    "file not found",
    "403",
    "403 forbidden",
    "forbidden",
    "access denied",
    "500",
    "500 internal server error",
    "internal server error",
    "502 bad gateway",
    "bad gateway",
    "503 service unavailable",
    "503 service temporarily unavailable",
    "service unavailable",
    "504 gateway time-out",
    "redirecting",
    "seite nicht gefunden",
    "page introuvable",
    "page non trouvée",
    "página no encontrada",
    "página não encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "sidan hittades inte",
    "siden ble ikke funnet",
    "siden blev ikke fundet",
    "sivua ei löytynyt",
    "nie znaleziono strony",
    "stránka nenalezena",
    "sayfa bulunamadı",
    "страница не найдена",
    "сторінку не знайдено",
    "ページが見つかりません",
    "页面不存在",
    "找不到页面",
    "페이지를 찾을 수 없습니다",
];

/// Titles of pages that ask for a name and a password, in lower case.
const LOGINS: &[&str] = &[
    "log in",
    "login",
    "sign in",
    "anmelden",
    "einloggen",
    "connexion",
    "se connecter",
    "iniciar sesión",
    "accedi",
    "entrar",
    "inloggen",
    "logga in",
    "logg inn",
    "log ind",
    "войти",
    "вход",
    "ログイン",
    "登录",
    "登入",
    "로그인",
];

/// Titles of pages that look for robots, in lower case.
const CHECKS: &[&str] = &[
    "just a moment",
    "attention required",
    "are you a robot",
    "checking your browser",
    "security check",
    "one more step",
    "please enable javascript",
    "enable javascript",
    "javascript is disabled",
];

/// Why a page is no article, if it is none.
pub fn not_an_article(page: &Page, metadata: &Metadata, story: &Story) -> Option<String> {
    if metadata.is_article {
        return None;
    }
    let text: usize = story.paragraphs.iter().map(|p| blocks::weight(p)).sum();
    section_front(metadata, story, text).or_else(|| notice(page, metadata, text))
}

/// A section front: many headlines that lead elsewhere, and no story of some length, or hardly more
/// paragraphs than headlines.
fn section_front(metadata: &Metadata, story: &Story, text: usize) -> Option<String> {
    let (teasers, among) = story.teasers;
    let paragraphs = story.paragraphs.len();
    // Sites call their lists of articles articles too, but not without fail.
    let is_list = if metadata.is_called_article {
        among >= 8 && paragraphs >= 8 && among * 10 >= paragraphs * 8
    } else {
        (teasers >= 8 && text < 500) || (among >= 6 && among * 2 >= paragraphs)
    };
    is_list.then(|| format!("section front: {teasers} headlines of other stories and no text of its own"))
}

/// A short page without author and date whose title says that something else should stand here.
fn notice(page: &Page, metadata: &Metadata, text: usize) -> Option<String> {
    if text > LONGEST_NOTICE || metadata.date.is_some() || !metadata.authors.is_empty() {
        return None;
    }
    let title = page.nodes.iter().position(|n| n.tag == Tag::Title).map(|id| page.text(id, 200));
    let titles = [Some(metadata.headline.clone()), title];
    titles.into_iter().flatten().find_map(|title| {
        let kinds = [("error page", ERRORS), ("login page", LOGINS), ("page that looks for robots", CHECKS)];
        kinds
            .into_iter()
            .find(|(_, titles)| titles.iter().any(|known| begins_with(&title, known)))
            .map(|(kind, _)| format!("{kind}: `{title}`"))
    })
}

/// Whether a title is one of the known ones, or one set apart from what follows.
fn begins_with(title: &str, known: &str) -> bool {
    let title = title.trim().to_lowercase();
    let rest = title.strip_prefix(known).map(str::trim_start);
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
}
