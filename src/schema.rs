//! What an article is in the index, read from `index_schema/schema.json`: the fields, their kinds, weights
//! and names.
//!
//! Data only; `index::fields` turns it into the engine's schema.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const SCHEMA_JSON: &str = include_str!("../index_schema/schema.json");

/// The schema that this build reads and writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Raised whenever an index built with the schema before cannot be used any more.
    pub version: u32,
    /// The fields, in the order of the documentation.
    pub fields: Vec<FieldSpec>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// Its name, in queries and in the index.
    pub name: String,
    /// What it holds and how it is searched.
    pub kind: FieldKind,
    /// Whether its value is kept for showing.
    pub stored: bool,
    /// Whether its value is kept in a column, for sorting, filtering and counting.
    pub fast: bool,
    /// Whether a search that names no field looks into it.
    pub default: bool,
    /// How many times each of its words counts in the field `text`.
    pub weight: u8,
    /// Other names it is known by in queries.
    pub aliases: Vec<String>,
    /// One sentence about it.
    pub about: String,
}

/// What a field holds and how it is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// Words, analysed (see [`crate::analysis`]), with positions.
    Text,
    /// All default fields one after the other, analysed, with positions and the breaks between sentences and
    /// paragraphs.
    Combined,
    /// One value, searched as it is.
    Keyword,
    /// Seconds since 1970-01-01 on the newsroom's own clock.
    Date,
    /// A whole number.
    Number,
    /// A whole number that articles are found and removed by.
    Key,
    /// Kept for showing only.
    Stored,
}

impl FieldKind {
    /// The word used in the schema and its documentation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Combined => "combined",
            Self::Keyword => "keyword",
            Self::Date => "date",
            Self::Number => "number",
            Self::Key => "key",
            Self::Stored => "stored",
        }
    }
}

static BUILTIN: LazyLock<Schema> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "compiled in, and held by a test")]
    serde_json::from_str(SCHEMA_JSON).expect("index_schema/schema.json is well-formed")
});

impl Schema {
    /// The schema compiled into this build.
    pub fn builtin() -> &'static Schema {
        &BUILTIN
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// How many times a word of this field counts in the field `text`; 0 for fields that are not in it.
    pub fn weight(&self, name: &str) -> u8 {
        self.field(name).filter(|field| field.default).map_or(0, |field| field.weight)
    }

    /// Stands for everything in the schema that an index depends on; the sentences about the fields do not
    /// count.
    pub fn fingerprint(&self) -> String {
        let mut bare = self.clone();
        for field in &mut bare.fields {
            field.about.clear();
            field.aliases.clear();
        }
        let mut hasher = blake3::Hasher::new();
        for field in &bare.fields {
            hasher.update(format!("{field:?}").as_bytes());
        }
        format!("{}-{}", self.version, &hasher.finalize().to_hex()[..12])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_fields_of_an_article_are_there() {
        let schema = Schema::builtin();
        for name in ["id", "headline", "body", "author", "section", "date"] {
            assert!(schema.field(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_and_aliases_are_unique() {
        let mut seen = std::collections::HashSet::new();
        for field in &Schema::builtin().fields {
            assert!(seen.insert(field.name.clone()), "{}", field.name);
            for alias in &field.aliases {
                assert!(seen.insert(alias.clone()), "{alias}");
            }
        }
    }

    #[test]
    fn the_fingerprint_ignores_the_documentation_and_nothing_else() {
        let schema = Schema::builtin();
        let mut documented = schema.clone();
        documented.fields[0].about.push_str(" More.");
        assert_eq!(schema.fingerprint(), documented.fingerprint());
        let mut weighted = schema.clone();
        weighted.fields[1].weight += 1;
        assert_ne!(schema.fingerprint(), weighted.fingerprint());
    }

    /// `index_schema/README.md` shows the schema as a table for people.
    #[test]
    fn the_readme_says_the_same() {
        let readme = include_str!("../index_schema/README.md");
        for field in &Schema::builtin().fields {
            let yes = |on: bool| if on { "yes" } else { "" };
            let weight = if field.weight > 0 { field.weight.to_string() } else { String::new() };
            let row = format!(
                "| `{}` | {} | {} | {} | {} | {} | {} | {} |",
                field.name,
                field.kind.as_str(),
                yes(field.stored),
                yes(field.fast),
                yes(field.default),
                weight,
                field.aliases.iter().map(|a| format!("`{a}`")).collect::<Vec<_>>().join(", "),
                field.about
            );
            assert!(readme.contains(&row), "index_schema/README.md lacks the row\n{row}");
        }
    }
}
