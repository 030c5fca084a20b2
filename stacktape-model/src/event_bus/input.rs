//! What is sent for an event.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::EventBusEventIssue;
use crate::check::Check;
use crate::document::{Decode, Fields, Group, Kind, Reader, Tree};
use crate::expression::Expression;
use crate::table::sort_and_dedup;

/// What is sent for an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum EventInput {
    /// The event.
    #[default]
    Whole,
    /// Always the same. YAML: `input`.
    Fixed(Expression),
    /// A part of the event. YAML: `inputPath`, such as `$.detail`.
    Path(String),
    /// A text with parts of the event. YAML: `inputTransformer`.
    Transformer {
        /// Names of parts, each with its path, in the order of the names. YAML: `inputPathsMap`, at most 100.
        paths: Vec<(String, String)>,
        /// The text, with the names in angle brackets. YAML: `inputTemplate`.
        template: String,
    },
}

const INPUT: &str = "input";
const INPUT_PATH: &str = "inputPath";
const TRANSFORMER: &str = "inputTransformer";
const PATHS: &str = "inputPathsMap";

impl Group for EventInput {
    const KEYS: &'static [&'static str] = &[INPUT, INPUT_PATH, TRANSFORMER];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        match fields.at_most_one_of(&[INPUT, INPUT_PATH, TRANSFORMER], at) {
            None => Some(Self::Whole),
            Some((INPUT, input)) => Expression::decode(input, &mut at.field(INPUT)).map(Self::Fixed),
            Some((INPUT_PATH, path)) => String::decode(path, &mut at.field(INPUT_PATH)).map(Self::Path),
            Some((_, transformer)) => decode_transformer(transformer, &mut at.field(TRANSFORMER)),
        }
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Whole => Ok(()),
            Self::Fixed(input) => map.serialize_entry(INPUT, input),
            Self::Path(path) => map.serialize_entry(INPUT_PATH, path),
            Self::Transformer { paths, template } => map.serialize_entry(TRANSFORMER, &Transformer { paths, template }),
        }
    }
}

#[cfg(feature = "yaml")]
fn decode_transformer(tree: &Tree, at: &mut Reader<'_>) -> Option<EventInput> {
    let fields = at.fields(tree, &[PATHS, "inputTemplate"])?;
    let template = fields.required("inputTemplate", at);
    let mut paths = Vec::new();
    if let Some(map) = fields.get(PATHS) {
        let Kind::Map(entries) = &map.kind else { return at.field(PATHS).wrong(map, "a map of names and paths") };
        for entry in entries {
            paths.push((entry.key.clone(), String::decode(&entry.value, &mut at.field(PATHS).field(&entry.key))?));
        }
    }
    sort_and_dedup(&mut paths);
    Some(EventInput::Transformer { paths, template: template? })
}

struct Transformer<'a> {
    paths: &'a [(String, String)],
    template: &'a str,
}

impl Serialize for Transformer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(PATHS, &Paths(self.paths))?;
        map.serialize_entry("inputTemplate", self.template)?;
        map.end()
    }
}

struct Paths<'a>(&'a [(String, String)]);

impl Serialize for Paths<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, path)| (name, path)))
    }
}

impl EventInput {
    /// A text with parts of the event.
    pub(crate) fn transformer<K: Into<String>, P: Into<String>>(
        paths: impl IntoIterator<Item = (K, P)>,
        template: impl Into<String>,
    ) -> Self {
        let mut paths: Vec<_> = paths.into_iter().map(|(name, path)| (name.into(), path.into())).collect();
        sort_and_dedup(&mut paths);
        Self::Transformer { paths, template: template.into() }
    }

    /// What may hold parameters of resources, with its key.
    pub(crate) fn expression(&self) -> Option<(&'static str, &Expression)> {
        if let Self::Fixed(input) = self { Some((INPUT, input)) } else { None }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Whole | Self::Fixed(_) => {}
            Self::Path(path) => check_path(path, &mut at.field(INPUT_PATH)),
            Self::Transformer { paths, template: _ } => {
                let mut at = at.field(TRANSFORMER);
                let mut at = at.field(PATHS);
                if paths.len() > INPUT_PATHS_MAX {
                    at.report(&EventBusEventIssue::TooManyPaths { found: paths.len() });
                }
                for (name, path) in paths {
                    check_path(path, &mut at.field(name));
                }
            }
        }
    }
}

const INPUT_PATH_MAX: usize = 256;
const INPUT_PATHS_MAX: usize = 100;

fn check_path(path: &str, at: &mut Check<'_>) {
    if !path.starts_with('$') || path.len() > INPUT_PATH_MAX {
        at.report(&EventBusEventIssue::InputPath { path: path.to_owned() });
    }
}
