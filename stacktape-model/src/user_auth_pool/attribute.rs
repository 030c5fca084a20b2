//! What is kept of each user.

mod issue;

pub use issue::UserAttributeIssue;
use serde::ser::SerializeMap;
use stacktape_macros::model;

use crate::check::Check;
use crate::document::{Fields, Group, Reader, word};
use crate::table::Set;

/// Something that is kept of each user: an attribute of your own, which is called `custom:` and its name then, or what is said of a
/// standard attribute such as `email`. YAML: an entry of `schema`.
///
/// ```
/// use stacktape_model::user_auth_pool::{AttributeType, SchemaAttribute, UserAuthPool};
/// let users = UserAuthPool::builder("users")
///     .schema_attribute(SchemaAttribute::builder("email", AttributeType::string()).required(true))
///     .schema_attribute(SchemaAttribute::builder("age", AttributeType::number_between(18, 150)));
/// ```
///
/// An attribute that is there cannot be changed or removed.
#[model]
pub struct SchemaAttribute {
    /// `name`: 1 to 20 characters without spaces, without `custom:`. YAML: `name`.
    #[argument]
    pub(crate) name: String,
    /// `attribute_type`: what its values are. YAML: `attributeDataType`, with the bounds of numbers and lengths beside it.
    #[argument]
    #[group]
    pub(crate) attribute_type: AttributeType,
    /// Whether programs see it with the credentials of an account alone. YAML: `developerOnlyAttribute`, default `false`.
    pub(crate) developer_only_attribute: bool,
    /// Whether it can be changed; an attribute that an identity provider fills must be. YAML: `mutable`, default `true`.
    mutable: Option<bool>,
    /// Whether everybody must have it, of a standard attribute. YAML: `required`, default `false`.
    pub(crate) required: bool,
}

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeType {
    /// Texts, of lengths between two bounds. YAML: `String`, with `stringMinLength` and `stringMaxLength`.
    String {
        /// The shortest one.
        min_length: Option<u32>,
        /// The longest one: at most 2048.
        max_length: Option<u32>,
    },
    /// Whole numbers, between two bounds. YAML: `Number`, with `numberMinValue` and `numberMaxValue`.
    Number {
        /// The least one.
        min: Option<i32>,
        /// The greatest one.
        max: Option<i32>,
    },
    /// `true` and `false`. YAML: `Boolean`.
    Boolean,
    /// Dates. YAML: `DateTime`.
    DateTime,
}

impl AttributeType {
    /// Texts of any length up to 2048.
    pub const fn string() -> Self {
        Self::String { min_length: None, max_length: None }
    }

    /// Texts of lengths between two bounds.
    pub const fn string_between(min_length: u32, max_length: u32) -> Self {
        Self::String { min_length: Some(min_length), max_length: Some(max_length) }
    }

    /// Any whole numbers.
    pub const fn number() -> Self {
        Self::Number { min: None, max: None }
    }

    /// Whole numbers between two bounds.
    pub const fn number_between(min: i32, max: i32) -> Self {
        Self::Number { min: Some(min), max: Some(max) }
    }

    /// The type as Cognito spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String { .. } => STRING,
            Self::Number { .. } => NUMBER,
            Self::Boolean => BOOLEAN,
            Self::DateTime => DATE_TIME,
        }
    }
}

const STRING: &str = "String";
const NUMBER: &str = "Number";
const BOOLEAN: &str = "Boolean";
const DATE_TIME: &str = "DateTime";

const TYPE: &str = "attributeDataType";
const MIN_LENGTH: &str = "stringMinLength";
const MAX_LENGTH: &str = "stringMaxLength";
const MIN: &str = "numberMinValue";
const MAX: &str = "numberMaxValue";

impl Group for AttributeType {
    const KEYS: &'static [&'static str] = &[TYPE, MIN_LENGTH, MAX_LENGTH, MIN, MAX];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        const TYPES: [&str; 4] = [STRING, NUMBER, BOOLEAN, DATE_TIME];
        let Some(tree) = fields.get(TYPE) else { return fields.required::<String>(TYPE, at).and(None) };
        let found = word(tree, &TYPES, &mut at.field(TYPE))?;
        let others = [(MIN_LENGTH, STRING), (MAX_LENGTH, STRING), (MIN, NUMBER), (MAX, NUMBER)];
        for (key, with) in others.into_iter().filter(|(_, with)| *with != found) {
            fields.only_with(key, with, found, at);
        }
        Some(match found {
            STRING => Self::String { min_length: fields.optional(MIN_LENGTH, at), max_length: fields.optional(MAX_LENGTH, at) },
            NUMBER => Self::Number { min: fields.optional(MIN, at), max: fields.optional(MAX, at) },
            BOOLEAN => Self::Boolean,
            _ => Self::DateTime,
        })
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(TYPE, self.as_str())?;
        match self {
            Self::String { min_length, max_length } => {
                for (key, length) in [(MIN_LENGTH, min_length), (MAX_LENGTH, max_length)] {
                    if let Some(length) = length {
                        map.serialize_entry(key, length)?;
                    }
                }
            }
            Self::Number { min, max } => {
                for (key, number) in [(MIN, min), (MAX, max)] {
                    if let Some(number) = number {
                        map.serialize_entry(key, number)?;
                    }
                }
            }
            Self::Boolean | Self::DateTime => {}
        }
        Ok(())
    }
}

/// What every pool has. <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html>
const STANDARD: [&str; 17] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
];
const PREFIX: &str = "custom:";
const ATTRIBUTES_MAX: usize = 50;
const NAME_MAX: usize = 20;
const LENGTH_MAX: u32 = 2048;

impl SchemaAttribute {
    /// Whether it can be changed.
    pub fn is_mutable(&self) -> bool {
        self.mutable.unwrap_or(true)
    }

    fn is_standard(&self) -> bool {
        STANDARD.contains(&self.name.as_str())
    }

    fn check(&self, at: &mut Check<'_>) {
        let name = || self.name.clone();
        let allowed = |letter: char| !letter.is_whitespace() && !letter.is_control();
        if self.name.starts_with(PREFIX) {
            at.field("name").report(&UserAttributeIssue::Prefix { name: name() });
        } else if !(1..=NAME_MAX).contains(&self.name.chars().count()) || !self.name.chars().all(allowed) {
            at.field("name").report(&UserAttributeIssue::Name { name: name() });
        }
        if self.required && !self.is_standard() {
            at.field("required").report(&UserAttributeIssue::Required { name: name() });
        }
        let bounds = match self.attribute_type {
            AttributeType::String { min_length, max_length } => {
                for (key, length) in [(MIN_LENGTH, min_length), (MAX_LENGTH, max_length)] {
                    if let Some(found) = length.filter(|length| *length > LENGTH_MAX) {
                        at.field(key).report(&UserAttributeIssue::Length { found });
                        return;
                    }
                }
                min_length.zip(max_length).map(|(min, max)| (MAX_LENGTH, i64::from(min), i64::from(max)))
            }
            AttributeType::Number { min, max } => min.zip(max).map(|(min, max)| (MAX, i64::from(min), i64::from(max))),
            AttributeType::Boolean | AttributeType::DateTime => None,
        };
        if let Some((key, min, max)) = bounds.filter(|(_, min, max)| min > max) {
            at.field(key).report(&UserAttributeIssue::Bounds { min, max });
        }
    }
}

pub(super) fn check(attributes: &[SchemaAttribute], at: &mut Check<'_>) {
    if attributes.len() > ATTRIBUTES_MAX {
        at.report(&UserAttributeIssue::TooMany { found: attributes.len() });
    }
    let mut names = Set::new();
    at.each(attributes, |at, attribute| {
        if names.insert(attribute.name.as_str()) {
            attribute.check(at);
        } else {
            at.field("name").report(&UserAttributeIssue::Twice { name: attribute.name.clone() });
        }
    });
}
