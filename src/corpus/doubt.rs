//! What is doubtful about an article that can be used all the same.

use std::fmt;

use super::fields::date::DateError;

/// Why an article is not quite what its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Its date field does not say when it was published.
    Date(DateError),
    /// Something else, in plain words.
    Other(String),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(error) => error.fmt(f),
            Self::Other(words) => f.write_str(words),
        }
    }
}

impl From<DateError> for Doubt {
    fn from(error: DateError) -> Self {
        Self::Date(error)
    }
}

impl From<String> for Doubt {
    fn from(words: String) -> Self {
        Self::Other(words)
    }
}

#[cfg(test)]
impl PartialEq<&str> for Doubt {
    fn eq(&self, words: &&str) -> bool {
        format!("{self}") == *words
    }
}
