//! A JSON value that borrows its strings from the text and keeps keys in their order, doubles included.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'a> {
    Null,
    Bool,
    /// As it is written in decimal.
    Number(String),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The value of a key, as written, or but for case.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        let Self::Map(entries) = self else { return None };
        let exact = entries.iter().find(|(k, _)| k == key);
        exact.or_else(|| entries.iter().find(|(k, _)| k.eq_ignore_ascii_case(key))).map(|(_, value)| value)
    }

    /// The value at a path of keys joined by points; a key that holds points itself comes first.
    pub fn at(&self, path: &str) -> Option<&Node<'a>> {
        if let Some(found) = self.get(path) {
            return Some(found);
        }
        if matches!(self, Self::Map(_)) && !path.contains('.') {
            return None;
        }
        path.split('.').try_fold(self, |node, key| node.step(key))
    }

    /// The value of a key; in a list the item of that number, from 0, or the first item that has the key.
    fn step(&self, key: &str) -> Option<&Node<'a>> {
        let Self::List(items) = self else { return self.get(key) };
        match key.parse::<usize>() {
            Ok(number) => items.get(number),
            Err(_) => items.iter().find_map(|item| item.get(key)),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null | Self::Bool => true,
            Self::Number(_) => false,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.iter().all(Node::is_empty),
            Self::Map(entries) => entries.is_empty(),
        }
    }
}

/// A text with more values is cut: no article has as many, and memory is bounded.
pub(super) const MOST_VALUES: usize = 500_000;

impl<'a> Node<'a> {
    /// Reads a JSON text; also whether it holds more values than are read.
    pub fn read(text: &'a str) -> Result<(Self, bool), serde_json::Error> {
        let left = Cell::new(MOST_VALUES);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let node = Values { left: &left }.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok((node, left.get() == 0))
    }
}

/// What reads values while more may be read.
#[derive(Clone, Copy)]
struct Values<'l> {
    left: &'l Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Values<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        self.left.set(self.left.get().saturating_sub(1));
        deserializer.deserialize_any(self)
    }
}

/// Keys, borrowed where nothing in them is escaped.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Values { left: &Cell::new(1) })? {
            Node::Text(text) => Ok(Self(text)),
            _ => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

impl<'de> Visitor<'de> for Values<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_string())))
    }

    fn visit_string<E>(self, text: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while self.left.get() > 0
            && let Some(item) = items.next_element_seed(self)?
        {
            list.push(item);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let mut map = Vec::new();
        while self.left.get() > 0
            && let Some(Key(key)) = entries.next_key()?
        {
            map.push((key, entries.next_value_seed(self)?));
        }
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Node::Map(map))
    }
}
