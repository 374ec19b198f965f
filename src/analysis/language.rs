//! The languages whose words are analysed by rules of their own.

use frostem::Algorithm;

macro_rules! languages {
    ($($(#[$doc:meta])* $variant:ident $code:literal $tag:literal $algorithm:expr),* $(,)?) => {
        /// A language whose words are analysed by its own rules; everything else is [`Language::Other`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Language { $($(#[$doc])* $variant),* }

        impl Language {
            /// Every language, `Other` last.
            pub const ALL: &[Language] = &[$(Language::$variant),*];

            /// ISO 639-1 code; empty for `Other`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The letter that opens this language's stems in the term dictionary.
            pub fn tag(self) -> u8 {
                match self { $(Self::$variant => $tag),* }
            }

            /// The algorithm that finds its stems.
            pub(super) fn algorithm(self) -> Option<Algorithm> {
                match self { $(Self::$variant => $algorithm),* }
            }
        }
    };
}

languages! {
    /// English; also what a text is taken for whose language is not known.
    English "en" b'e' Some(Algorithm::English),
    /// Arabic.
    Arabic "ar" b'a' Some(Algorithm::Arabic),
    /// Danish.
    Danish "da" b'k' Some(Algorithm::Danish),
    /// Dutch.
    Dutch "nl" b'n' Some(Algorithm::Dutch),
    /// Finnish.
    Finnish "fi" b'u' Some(Algorithm::Finnish),
    /// French.
    French "fr" b'f' Some(Algorithm::French),
    /// German.
    German "de" b'd' Some(Algorithm::German),
    /// Greek.
    Greek "el" b'g' Some(Algorithm::Greek),
    /// Hungarian.
    Hungarian "hu" b'h' Some(Algorithm::Hungarian),
    /// Italian.
    Italian "it" b'i' Some(Algorithm::Italian),
    /// Norwegian.
    Norwegian "no" b'o' Some(Algorithm::Norwegian),
    /// Portuguese.
    Portuguese "pt" b'p' Some(Algorithm::Portuguese),
    /// Romanian.
    Romanian "ro" b'r' Some(Algorithm::Romanian),
    /// Russian.
    Russian "ru" b'y' Some(Algorithm::Russian),
    /// Spanish.
    Spanish "es" b's' Some(Algorithm::Spanish),
    /// Swedish.
    Swedish "sv" b'w' Some(Algorithm::Swedish),
    /// Turkish.
    Turkish "tr" b't' Some(Algorithm::Turkish),
    /// Any other language: words keep their endings.
    Other "" b'0' None,
}

impl Language {
    /// The language of an ISO 639-1 code with or without a region (`en`, `pt-BR`); English where `code` is
    /// `None`.
    pub fn from_code(code: Option<&str>) -> Self {
        let Some(code) = code else {
            return Self::English;
        };
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "" => Self::English,
            "nb" | "nn" => Self::Norwegian,
            primary => Self::ALL.iter().copied().find(|l| l.code() == primary).unwrap_or(Self::Other),
        }
    }

    /// Whether a point parts the thousands of a number: `1.000.000`.
    pub fn points_part_thousands(self) -> bool {
        !matches!(self, Self::English | Self::Arabic | Self::French | Self::Hungarian | Self::Other)
    }

    /// The language whose stems a dictionary tag opens.
    pub fn from_tag(tag: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|l| l.tag() == tag)
    }
}
