//! Names of sections: `WORLD`, `world-news` and `World News` are one desk. The aliases are data, in
//! `index_schema/section_aliases.json`; a section that is not in it keeps its name, only tidied.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Deserialize;

const ALIASES_JSON: &str = include_str!("../index_schema/section_aliases.json");

/// What parts the steps of a section's path: `News > World`, `news/world`.
const STEPS: [&str; 8] = ["/", " > ", ">", "»", "›", "|", "::", "→"];

/// An abbreviation in capital letters (`NFL`, `NCAA`) has at most so many letters.
const LONGEST_ABBREVIATION: usize = 4;

/// The file's form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    sections: Vec<Section>,
    generic: Vec<String>,
    not_folders: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    name: String,
    aliases: Vec<String>,
}

struct Aliases {
    /// Section names by the folded forms of themselves and their aliases.
    names: HashMap<String, String>,
    /// What says only that something is news, folded.
    generic: HashSet<String>,
    /// Aliases that folders have for other reasons, folded.
    not_folders: HashSet<String>,
}

static ALIASES: LazyLock<Aliases> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    let file: File = serde_json::from_str(ALIASES_JSON).expect("section_aliases.json is well-formed");
    debug_assert_eq!(file.version, 1);
    let mut names = HashMap::new();
    for Section { name, aliases } in file.sections {
        for alias in aliases {
            names.insert(fold(&alias), name.clone());
        }
        names.insert(fold(&name), name);
    }
    let folded = |list: Vec<String>| list.iter().map(|name| fold(name)).collect();
    Aliases { names, generic: folded(file.generic), not_folders: folded(file.not_folders) }
});

/// The section's name as it is shown and counted: the canonical one where `text` is an alias of it, else
/// `text`, tidied. Empty where `text` says no more than that it is news of no section (`Uncategorized`).
pub fn canonical(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if let Some(name) = known(text) {
        return Cow::Borrowed(name);
    }
    if matches!(fold(text).as_str(), "uncategorized" | "uncategorised") {
        return Cow::Borrowed("");
    }
    if let Some(separator) = STEPS.iter().find(|separator| text.contains(**separator)) {
        let told = |step: &&str| !step.is_empty() && !ALIASES.generic.contains(&fold(step));
        let mut steps = text.split(separator).map(str::trim).filter(told);
        if let Some(first) = steps.next() {
            return match (known(first), steps.next()) {
                (Some(name), _) => Cow::Borrowed(name),
                (None, None) => tidy(first),
                (None, Some(_)) => tidy(text),
            };
        }
    }
    tidy(text)
}

/// The canonical name of which `text` is an alias, or which it is itself.
pub fn known(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let name = |key: &str| ALIASES.names.get(key).map(String::as_str);
    name(&folded).or_else(|| {
        [" news", " desk", " section", " page", " pages"]
            .iter()
            .find_map(|ending| folded.strip_suffix(ending))
            .and_then(name)
    })
}

/// The section that a path's folders name: the first that is a known one. The last step, the file, is none.
pub fn of_path(path: &str) -> Option<&'static str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.split('/').filter(|folder| !ALIASES.not_folders.contains(&fold(folder))).find_map(known)
}

/// Of folders beside one another that are called as sections are (`sport` and `business` in one), the
/// sections; of a folder alone the name says nothing.
pub fn desks(folders: &[PathBuf]) -> Vec<Option<&'static str>> {
    let desk = |folder: &Path| {
        let name = folder.file_name()?.to_str()?;
        known(name).filter(|_| !ALIASES.not_folders.contains(&fold(name)))
    };
    let found: Vec<Option<&'static str>> = folders.iter().map(|folder| desk(folder)).collect();
    let beside = |folder: &Path, desk| {
        let others = folders.iter().zip(&found);
        others
            .filter(|(other, _)| other.parent() == folder.parent())
            .any(|(_, other)| other.is_some_and(|other| other != desk))
    };
    folders.iter().zip(&found).map(|(folder, desk)| desk.filter(|desk| beside(folder, *desk))).collect()
}

/// Lower case, words with one space between; `&` is `and`.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => folded.push_str(" and "),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            '\'' | '’' => {}
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An unknown section: capitals and addresses' hyphens are how it was set, not its name.
fn tidy(text: &str) -> Cow<'_, str> {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let slug = !text.contains(char::is_whitespace)
        && text.contains(['-', '_'])
        && letters().all(|c| c.is_lowercase())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if slug {
        let words = text.replace(['-', '_'], " ");
        let mut chars = words.trim().chars();
        let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        return Cow::Owned(first + chars.as_str());
    }
    let capitals = letters().count() > LONGEST_ABBREVIATION && letters().all(char::is_uppercase);
    if !capitals {
        return Cow::Borrowed(text);
    }
    let words: Vec<String> = text.split_whitespace().map(capitalised).collect();
    Cow::Owned(words.join(" "))
}

fn capitalised(word: &str) -> String {
    if word.chars().filter(|c| c.is_alphabetic()).count() < LONGEST_ABBREVIATION {
        return match word {
            "AND" | "OF" | "THE" | "FOR" | "IN" => word.to_lowercase(),
            _ => word.to_owned(),
        };
    }
    let mut start = true;
    word.chars()
        .flat_map(|c| {
            let lower = !std::mem::replace(&mut start, !c.is_alphanumeric());
            if lower { c.to_lowercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_well_formed_and_no_alias_stands_twice() {
        let file: File = serde_json::from_str(ALIASES_JSON).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(file.version, 1);
        let mut seen: HashMap<String, &str> = HashMap::new();
        for section in &file.sections {
            for alias in section.aliases.iter().chain([&section.name]) {
                let folded = fold(alias);
                assert!(!folded.is_empty(), "{alias}");
                if let Some(other) = seen.insert(folded, &section.name) {
                    panic!("`{alias}` is an alias of {other} and of {}", section.name);
                }
            }
        }
        assert!(file.not_folders.iter().all(|name| seen.contains_key(&fold(name))));
    }

    #[test]
    fn spellings_of_one_desk_are_one() {
        for text in ["WORLD", "world", "world-news", "World News", "World news", "Foreign Desk", "news/world"]
        {
            assert_eq!(canonical(text), "World", "{text}");
        }
        assert_eq!(canonical("News > World > Europe"), "World");
        assert_eq!(canonical("Arts & Culture"), "Culture");
        assert_eq!(canonical("op-ed"), "Opinion");
        assert_eq!(canonical("SPORTS"), "Sport");
        assert_eq!(canonical("Политика"), "Politics");
        assert_eq!(canonical("経済"), "Business");
        assert_eq!(canonical("Letters to the Editor"), "Letters");
    }

    #[test]
    fn unknown_sections_keep_their_names_tidied() {
        assert_eq!(canonical("cocoa"), "cocoa");
        assert_eq!(canonical("Harbour & Docks"), "Harbour & Docks");
        assert_eq!(canonical("harbour-and-docks"), "Harbour and docks");
        assert_eq!(canonical("HARBOUR AND DOCKS"), "Harbour and Docks");
        assert_eq!(canonical("NCAA"), "NCAA");
        assert_eq!(canonical("NFL DRAFT"), "NFL Draft");
        assert_eq!(canonical("news/ship-watch"), "Ship watch");
        assert_eq!(canonical("News"), "News");
        assert_eq!(canonical("Uncategorized"), "");
    }

    #[test]
    fn folders_name_known_sections_only() {
        assert_eq!(of_path("archive/world-news/2025/a.txt"), Some("World"));
        assert_eq!(of_path("2025/sport/a.zip!/b.txt"), Some("Sport"));
        assert_eq!(of_path("https://example.org/business/2025/12/bridge"), Some("Business"));
        assert_eq!(of_path("media/2025/a.txt"), None);
        assert_eq!(of_path("boxes/17/sport.txt"), None);
        assert_eq!(of_path("sport"), None);
    }
}
