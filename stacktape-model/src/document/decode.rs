//! From tree to model: each type reads itself, and every mistake on the way is told. Reading goes on behind a mistake, so that one
//! report has them all.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::SerializeMap;

use super::issue::{DirectiveIssue, DocumentIssue};
use super::tree::{Kind, Place, Tree};
use crate::check::Check;
use crate::nearest::{listed, or_nearest};
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::report::Issue;
use crate::resource::ResourceKind;
use crate::table::Table;
use crate::text::Text;

/// A type that reads itself from a document. `None` stands for a mistake that was told.
///
/// Implementations, and functions that call them, are there with the feature `yaml` alone: all other users would pay for them too. They are
/// `#[inline]`, since the compiler else writes every one of them, whether it is called or not.
pub(crate) trait Decode: Sized {
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self>;

    /// How an optional value is read: some are switched off by a key of their own, which is no mistake.
    #[allow(clippy::option_option)]
    fn decode_option(tree: &Tree, at: &mut Reader<'_>) -> Option<Option<Self>> {
        Self::decode(tree, at).map(Some)
    }

    /// How several are read: some may stand in a map too.
    fn decode_list(tree: &Tree, at: &mut Reader<'_>) -> Option<Vec<Self>> {
        let Kind::List(items) = &tree.kind else { return at.wrong(tree, "a list") };
        let read: Vec<_> = items.iter().enumerate().map(|(index, item)| Self::decode(item, &mut at.index(index))).collect();
        read.into_iter().collect()
    }
}

/// A value that stands in several keys of a map, beside those of others: a choice, and what only goes with it.
pub(crate) trait Group: Sized {
    /// The keys.
    const KEYS: &'static [&'static str];

    /// Reads it from the keys of the map.
    #[cfg(feature = "yaml")]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self>;

    /// Writes it into a map.
    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// What is known of the whole document while a part of it is read.
pub(crate) struct Known<'a> {
    /// The kinds of the resources, and of those that services are made of, sorted by name.
    pub(crate) kinds: BTreeMap<Cow<'a, str>, ResourceKind>,
    /// The region, where the stack is pinned to one.
    pub(crate) region: Option<&'a str>,
}

/// Where reading stands, what it tells the report, and what it knows.
pub(crate) struct Reader<'a> {
    check: Check<'a>,
    pub(crate) known: &'a Known<'a>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(check: Check<'a>, known: &'a Known<'a>) -> Self {
        Self { check, known }
    }

    pub(crate) fn field<'b>(&'b mut self, name: &'b str) -> Reader<'b> {
        Reader { check: self.check.field(name), known: self.known }
    }

    pub(crate) fn index(&mut self, index: usize) -> Reader<'_> {
        Reader { check: self.check.index(index), known: self.known }
    }

    /// Tells of a mistake at a place of the document.
    pub(crate) fn tell<T>(&mut self, place: Place, issue: &dyn Issue) -> Option<T> {
        self.check.written_here(place.origin()).report(issue);
        None
    }

    /// Tells that a value is of another type.
    pub(crate) fn wrong<T>(&mut self, tree: &Tree, expected: &str) -> Option<T> {
        match &tree.kind {
            Kind::Broken => None,
            Kind::Secret(secret) => self.tell(tree.place, &DirectiveIssue::SecretWrittenOut { id: secret.id().to_owned() }),
            Kind::Runtime(_) => {
                let issue = DirectiveIssue::RuntimeInLocalPlace { found: tree.described(), expected: expected.to_owned() };
                self.tell(tree.place, &issue)
            }
            _ => {
                let help = mended(tree, expected).unwrap_or_else(|| format!("write {expected}"));
                self.tell(tree.place, &DocumentIssue::WrongType { found: tree.described(), expected: expected.to_owned(), help })
            }
        }
    }

    /// The entries of a map whose keys are all among `keys`; others are told.
    pub(crate) fn fields<'t>(&mut self, tree: &'t Tree, keys: &[&str]) -> Option<Fields<'t>> {
        self.fields_of(tree, keys, &[])
    }

    /// The `properties` of a resource, as [`fields`](Self::fields) reads them: some keys stand beside them.
    pub(crate) fn properties<'t>(&mut self, tree: &'t Tree, keys: &[&str]) -> Option<Fields<'t>> {
        self.fields_of(tree, keys, &["overrides"])
    }

    fn fields_of<'t>(&mut self, tree: &'t Tree, keys: &[&str], beside: &[&str]) -> Option<Fields<'t>> {
        if !matches!(tree.kind, Kind::Map(_)) {
            return self.wrong(tree, &format!("a map with {}", listed(keys)));
        }
        for entry in tree.entries().iter().filter(|entry| !keys.contains(&entry.key.as_str())) {
            let key = entry.key.as_str();
            // IAM's `NotAction` is the opposite of the key that it is most like.
            let negated = key.strip_prefix("Not").filter(|negated| keys.contains(negated));
            let help = match negated {
                Some(negated) => format!("write `{negated}` with all that is meant: what is meant by `{key}` cannot be said"),
                None if beside.contains(&key) => format!("write `{key}` beside `type` and `properties`"),
                None => or_nearest(key, keys, || "remove the key".to_owned()),
            };
            let issue = DocumentIssue::UnknownKey { key: entry.key.clone(), expected: listed(keys), help };
            self.field(&entry.key).tell::<()>(entry.key_place, &issue);
        }
        Some(Fields { tree })
    }

    /// A map of `type` and `properties`, with the types that there are.
    pub(crate) fn tagged<'t>(&mut self, tree: &'t Tree, types: &[&'static str]) -> Option<(&'static str, Tree)> {
        let fields = self.fields(tree, &["type", "properties"])?;
        let name: Option<&'t Tree> = fields.tree.get("type");
        let Some(name) = name else { return self.missing(tree, "type", &listed(types)) };
        let found = word(name, types, &mut self.field("type"))?;
        // The paths of findings leave `properties` out.
        let properties = tree.get("properties").cloned().unwrap_or_else(|| Tree::new(tree.place, Kind::Map(Vec::new())));
        Some((found, properties))
    }

    /// Tells that a key was left out.
    pub(crate) fn missing<T>(&mut self, tree: &Tree, key: &'static str, expected: &str) -> Option<T> {
        self.tell(tree.place, &DocumentIssue::MissingKey { key, expected: expected.to_owned() })
    }
}

/// The entries of a map that has no unknown keys, or whose unknown keys were told.
pub(crate) struct Fields<'t> {
    tree: &'t Tree,
}

impl<'t> Fields<'t> {
    pub(crate) fn get(&self, key: &str) -> Option<&'t Tree> {
        self.tree.get(key)
    }

    /// Where they stand.
    pub(crate) fn origin(&self) -> Origin {
        self.tree.place.origin()
    }

    /// A value that cannot be left out.
    pub(crate) fn required<T: Decode>(&self, key: &'static str, at: &mut Reader<'_>) -> Option<T> {
        match self.get(key) {
            Some(value) => T::decode(value, &mut at.field(key)),
            None => at.missing(self.tree, key, "a value for it"),
        }
    }

    /// The name of a resource of this kind, which cannot be left out.
    #[cfg(feature = "yaml")]
    pub(crate) fn reference(&self, key: &'static str, kind: ResourceKind, at: &mut Reader<'_>) -> Option<ResourceRef> {
        if let Some(name) = self.get(key) {
            return ResourceRef::decode(name, kind, &mut at.field(key));
        }
        let kind = kind.as_str();
        let article = if kind.starts_with(['a', 'e', 'h', 'i', 'o']) { "an" } else { "a" };
        at.missing(self.tree, key, &format!("the name of {article} {kind} of the stack"))
    }

    /// Tells of a key that goes with another choice than the one which was made.
    pub(crate) fn only_with(&self, key: &'static str, with: &'static str, found: &'static str, at: &mut Reader<'_>) {
        if let Some(entry) = self.tree.entry(key) {
            at.field(key).tell::<()>(entry.key_place, &DocumentIssue::KeyOfOtherChoice { key, with, found });
        }
    }

    /// The one of some keys that is there, with its value: none of them stands beside another one, nor can all be left out.
    pub(crate) fn one_of(&self, keys: &[&'static str], at: &mut Reader<'_>) -> Option<(&'static str, &'t Tree)> {
        match keys {
            [first, others @ ..] if keys.iter().all(|key| self.get(key).is_none()) => {
                at.missing(self.tree, first, &format!("it, {}", listed(others)))
            }
            _ => self.at_most_one_of(keys, at),
        }
    }

    /// The one of some keys that is there, if any.
    pub(crate) fn at_most_one_of(&self, keys: &[&'static str], at: &mut Reader<'_>) -> Option<(&'static str, &'t Tree)> {
        let mut there = keys.iter().filter_map(|key| self.get(key).map(|value| (*key, value)));
        let first = there.next()?;
        match there.next() {
            None => Some(first),
            Some((key, value)) => at.field(key).tell(value.place, &DocumentIssue::KeyBesideOther { key, other: first.0 }),
        }
    }

    /// A value that has a default.
    pub(crate) fn optional<T: Decode>(&self, key: &'static str, at: &mut Reader<'_>) -> Option<T> {
        self.get(key).and_then(|value| T::decode(value, &mut at.field(key)))
    }
}

/// A text that is one of a few words.
pub(crate) fn word(tree: &Tree, words: &[&'static str], at: &mut Reader<'_>) -> Option<&'static str> {
    // A number such as `2`, or a version such as `1.0`, is a word too.
    let (found, version) = match &tree.kind {
        Kind::Text(text) => (text.clone(), None),
        Kind::Integer(number) => (number.to_string(), None),
        Kind::Float(number) => (number.to_string(), (number.fract() == 0.0).then(|| format!("{number}.0"))),
        _ => return at.wrong(tree, &listed(words)),
    };
    let same = words.iter().find(|word| **word == found || version.as_deref() == Some(word));
    same.copied().or_else(|| {
        let help = or_nearest(&found, words, || format!("write {}", listed(words)));
        at.tell(tree.place, &DocumentIssue::UnknownWord { found, expected: listed(words), help })
    })
}

/// What to write instead, where the value is nearly right.
fn mended(tree: &Tree, expected: &str) -> Option<String> {
    match &tree.kind {
        Kind::Bool(value) if expected.contains("text") => Some(format!("put it into quotes: `'{value}'`")),
        Kind::Integer(value) if expected.contains("text") => Some(format!("put it into quotes: `'{value}'`")),
        Kind::Float(value) if expected.contains("text") => Some(format!("put it into quotes: `'{value}'`")),
        Kind::Text(text) if expected.contains("number") && text.parse::<f64>().is_ok() => Some(format!("write `{text}` without quotes")),
        Kind::Text(text) if expected.contains("`true`") => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some("write `true`".to_owned()),
            "false" | "no" | "off" => Some("write `false`".to_owned()),
            _ => None,
        },
        _ if expected == "a list" => Some("write one value a line, each behind a `-`".to_owned()),
        _ => None,
    }
}

#[cfg(feature = "yaml")]
impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        T::decode_option(tree, at)
    }
}

#[cfg(feature = "yaml")]
impl<T: Decode> Decode for Vec<T> {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        T::decode_list(tree, at)
    }
}

#[cfg(feature = "yaml")]
impl<T: Decode> Decode for Table<String, T> {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(entries) = &tree.kind else { return at.wrong(tree, "a map of names and values") };
        let read: Vec<_> =
            entries.iter().map(|entry| Some((entry.key.clone(), T::decode(&entry.value, &mut at.field(&entry.key))?))).collect();
        read.into_iter().collect()
    }
}

#[cfg(feature = "yaml")]
impl Decode for String {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match &tree.kind {
            Kind::Text(text) => Some(text.clone()),
            // The region is only known now where the stack is pinned to one.
            Kind::Runtime(Text::Fact(crate::text::Fact::Region)) if at.known.region.is_some() => at.known.region.map(str::to_owned),
            _ => at.wrong(tree, "a text"),
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for bool {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        if let Kind::Bool(value) = tree.kind { Some(value) } else { at.wrong(tree, "`true` or `false`") }
    }
}

#[cfg(feature = "yaml")]
impl Decode for f64 {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match tree.kind {
            // No number of a stack is so large that it would lose digits.
            #[allow(clippy::cast_precision_loss)]
            Kind::Integer(value) => Some(value as Self),
            Kind::Float(value) => Some(value),
            _ => at.wrong(tree, "a number"),
        }
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        #[cfg(feature = "yaml")]
        impl Decode for $number {
            #[inline]
            fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
                let value = match tree.kind {
                    Kind::Integer(value) => Self::try_from(value).ok(),
                    // `80.0` is a whole number, however it is written.
                    Kind::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
                        #[allow(clippy::cast_possible_truncation)]
                        let value = value as i64;
                        Self::try_from(value).ok()
                    }
                    _ => None,
                };
                value.or_else(|| at.wrong(tree, &format!("a whole number from {} to {}", Self::MIN, Self::MAX)))
            }
        }
    )*};
}

whole_numbers!(u16, u32, i32);

/// Reads and writes an enum of words by its `ALL` and `as_str`.
macro_rules! words {
    ($($word:ty),* $(,)?) => {$(
        #[cfg(feature = "yaml")]
        impl $crate::document::Decode for $word {
            #[inline]
            fn decode(tree: &$crate::document::Tree, at: &mut $crate::document::Reader<'_>) -> Option<Self> {
                let found = $crate::document::word(tree, &<$word>::ALL.map(<$word>::as_str), at)?;
                <$word>::ALL.into_iter().find(|word| word.as_str() == found)
            }
        }

        impl ::serde::Serialize for $word {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )*};
}

pub(crate) use words;
