//! JSON in which texts may stand that only the deployment knows.

use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value as Json};

use crate::document::{Decode, Kind, Reader, Tree};
use crate::table::Table;
use crate::text::{ParamRef, Text};

/// A value of a raw CloudFormation resource, of an override or of a policy's condition: JSON, with a [`Text`] wherever a string may
/// stand.
///
/// ```
/// use stacktape_model::{ bucket::Bucket, raw_resource::RawResource };
/// let photos = Bucket::builder("photos").build();
/// let policy = RawResource::new("Export", "AWS::Glue::Database").property("LocationUri", photos.bucket_name());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text, written out or known at deployment.
    Text(Text),
    /// A list.
    List(Vec<Expression>),
    /// A map; one with the single key `Ref` or `Fn::..` is an intrinsic function.
    Map(Table<String, Expression>),
}

impl Expression {
    /// A map, such as `Expression::map([("QueueUrl", queue.url().into()), ("MessageBody", "paid".into())])`.
    pub fn map<K: Into<String>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// Calls `found` with every reference to a resource of the stack.
    pub(crate) fn visit(&self, found: &mut dyn FnMut(&ParamRef)) {
        match self {
            Self::Text(text) => text.visit(found),
            Self::List(items) => items.iter().for_each(|item| item.visit(found)),
            Self::Map(entries) => entries.values().for_each(|value| value.visit(found)),
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }

    /// Whether CloudFormation writes a secret in the place of a text in it: see [`Text::reveals_secret`].
    pub(crate) fn reveals_secret(&self) -> bool {
        match self {
            Self::Text(text) => text.reveals_secret(),
            Self::List(items) => items.iter().any(Self::reveals_secret),
            Self::Map(entries) => entries.values().any(Self::reveals_secret),
            Self::Null | Self::Bool(_) | Self::Number(_) => false,
        }
    }

    /// The literal text, where it is one.
    pub fn as_literal(&self) -> Option<&str> {
        if let Self::Text(text) = self { text.as_literal() } else { None }
    }

    /// Whether it is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is an intrinsic function of CloudFormation: a map with its one key.
    pub fn is_intrinsic(&self) -> bool {
        matches!(self, Self::Map(entries) if entries.len() == 1 && entries.keys().all(|key| key == "Ref" || key.starts_with("Fn::")))
    }

    /// Whether it is a map.
    pub const fn is_map(&self) -> bool {
        matches!(self, Self::Map(_))
    }
}

#[cfg(feature = "yaml")]
impl Decode for Expression {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        Some(match &tree.kind {
            Kind::Null => Self::Null,
            Kind::Bool(value) => Self::Bool(*value),
            Kind::Integer(number) => Self::Number((*number).into()),
            Kind::Float(number) => match Number::from_f64(*number) {
                Some(number) => Self::Number(number),
                None => return at.wrong(tree, "a finite number"),
            },
            Kind::Text(text) => Self::Text(Text::Literal(text.clone())),
            Kind::Runtime(text) => Self::Text(text.clone()),
            Kind::Secret(_) | Kind::Broken => return at.wrong(tree, "a value"),
            Kind::List(_) => Self::List(Vec::decode(tree, at)?),
            Kind::Map(entries) => {
                let read = entries.iter().map(|entry| Some((entry.key.clone(), Self::decode(&entry.value, &mut at.field(&entry.key))?)));
                Self::Map(read.collect::<Option<_>>()?)
            }
        })
    }
}

impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => serializer.collect_map(entries),
        }
    }
}

impl From<Json> for Expression {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => Self::Number(number),
            Json::String(text) => Self::Text(Text::Literal(text)),
            Json::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Json::Object(entries) => Self::Map(entries.into_iter().map(|(key, value)| (key, Self::from(value))).collect()),
        }
    }
}

impl From<Text> for Expression {
    fn from(text: Text) -> Self {
        match text {
            // The map that it is, as a document would have it.
            Text::Intrinsic(intrinsic) => *intrinsic,
            text => Self::Text(text),
        }
    }
}

impl<T: Into<Self>> From<Vec<T>> for Expression {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

macro_rules! literals {
    ($($literal:ty),*) => {$(
        impl From<$literal> for Expression {
            fn from(literal: $literal) -> Self {
                Json::from(literal).into()
            }
        }
    )*};
}

literals!(&str, String, bool, i32, i64, u16, u32, u64, f64);
