//! A document as a tree: what YAML and JSON have in common, with the place of everything.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::origin::Origin;
use crate::text::{Secret, Text};

/// A value of a document, and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) place: Place,
    pub(crate) kind: Kind,
}

/// Line and column, both counted from one; zero where a value has no text, as in the tree of another format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Place {
    pub(crate) fn origin(self) -> Origin {
        Origin::document(self.line, self.column)
    }
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<Entry>),
    /// What a directive leaves to the deployment.
    Runtime(Text),
    /// What a directive leaves to the start of a container.
    Secret(Secret),
    /// What a directive could not be resolved to, which was told.
    Broken,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) value: Tree,
}

impl Tree {
    pub(crate) fn new(place: Place, kind: Kind) -> Self {
        Self { place, kind }
    }

    /// The value behind a key, where the tree is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a map, none where it is no map.
    pub(crate) fn entries(&self) -> &[Entry] {
        if let Kind::Map(entries) = &self.kind { entries } else { &[] }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The value in words, for a message.
    pub(crate) fn described(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Bool(value) => format!("`{value}`"),
            Kind::Integer(value) => format!("the number `{value}`"),
            Kind::Float(value) => format!("the number `{value}`"),
            Kind::Text(text) => format!("the text `{}`", shortened(text)),
            Kind::List(items) => format!("a list of {}", items.len()),
            Kind::Map(_) => "a map".to_owned(),
            Kind::Runtime(_) => "a value that is only known at deployment".to_owned(),
            Kind::Secret(_) => "a secret".to_owned(),
            Kind::Broken => "a directive that cannot be resolved".to_owned(),
        }
    }
}

/// A text that does not fill a whole message.
fn shortened(text: &str) -> String {
    const MAX: usize = 60;
    if text.chars().count() <= MAX {
        return text.to_owned();
    }
    text.chars().take(MAX).chain("..".chars()).collect()
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyTree).map(|kind| Self::new(Place::default(), kind))
    }
}

struct AnyTree;

impl<'de> Visitor<'de> for AnyTree {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind, D::Error> {
        deserializer.deserialize_any(Self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Kind, E> {
        Ok(Kind::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Kind, E> {
        Ok(Kind::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Kind, E> {
        i64::try_from(value).map(Kind::Integer).map_err(|_| E::custom(format!("the number {value} does not fit 64 bits")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Kind, E> {
        Ok(Kind::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Kind, E> {
        Ok(Kind::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Kind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Kind, A::Error> {
        let mut map: Vec<Entry> = Vec::new();
        let mut keys = std::collections::BTreeSet::new();
        while let Some((key, value)) = entries.next_entry::<String, Tree>()? {
            if !keys.insert(key.clone()) {
                return Err(A::Error::custom(format!("the key `{key}` stands twice in a map")));
            }
            map.push(Entry { key, key_place: Place::default(), value });
        }
        Ok(Kind::Map(map))
    }
}
