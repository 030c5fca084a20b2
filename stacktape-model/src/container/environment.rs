//! The environment of a container.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::Keyed;

use crate::check::Check;
use crate::document::{Decode, Kind, Reader, Tree};
use crate::origin::Origin;
use crate::table::Set;
use crate::text::{Secret, Text};

/// A variable of a container's environment. YAML: an entry of `environment`.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvironmentVariable {
    /// Its name. YAML: `name`, or the key where `environment` is a map.
    pub name: String,
    /// Its value. YAML: `value`.
    pub value: EnvValue,
    /// Where it is written.
    pub origin: Origin,
}

impl EnvironmentVariable {
    /// A variable.
    #[track_caller]
    pub fn new(name: impl Into<String>, value: impl Into<EnvValue>) -> Self {
        Self { name: name.into(), value: value.into(), origin: Origin::here() }
    }

    /// How many bytes of a template are written out in it, at the least.
    pub(crate) fn written_size(&self) -> usize {
        let value = match &self.value {
            EnvValue::Text(text) => text.as_literal().map_or(0, str::len),
            EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_) => 1,
            EnvValue::Secret(secret) => secret.id().len(),
        };
        self.name.len() + value
    }
}

/// The value of a variable.
#[derive(Clone, Debug, PartialEq)]
pub enum EnvValue {
    /// A text, written out or known at deployment.
    Text(Text),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A secret, which the container agent reads when the container starts.
    Secret(Secret),
}

impl EnvValue {
    /// Whether it is a secret: of Secrets Manager, or one that the stack makes.
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Secret(_) => true,
            Self::Text(Text::Param(param)) => param.param.is_secret(),
            Self::Text(_) | Self::Integer(_) | Self::Float(_) | Self::Bool(_) => false,
        }
    }

    /// Whether it is a text in which CloudFormation writes a secret out.
    pub(crate) fn reveals_secret(&self) -> bool {
        matches!(self, Self::Text(text) if text.reveals_secret())
    }
}

/// A variable as an entry of a list.
#[derive(Keyed)]
struct Entry {
    #[required]
    name: String,
    #[required]
    value: EnvValue,
}

#[cfg(feature = "yaml")]
impl Decode for EnvironmentVariable {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        Entry::decode(tree, at).map(|Entry { name, value }| Self { name, value, origin: tree.place.origin() })
    }

    /// A list of names and values, or a map of them.
    #[inline]
    fn decode_list(tree: &Tree, at: &mut Reader<'_>) -> Option<Vec<Self>> {
        let read: Vec<_> = match &tree.kind {
            Kind::List(items) => items.iter().enumerate().map(|(index, item)| Self::decode(item, &mut at.index(index))).collect(),
            Kind::Map(entries) => entries
                .iter()
                .map(|entry| {
                    let value = EnvValue::decode(&entry.value, &mut at.field(&entry.key))?;
                    Some(Self { name: entry.key.clone(), value, origin: entry.key_place.origin() })
                })
                .collect(),
            _ => return at.wrong(tree, "a list of names and values, or a map of them"),
        };
        read.into_iter().collect()
    }
}

impl Serialize for EnvironmentVariable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Entry { name: self.name.clone(), value: self.value.clone() }.serialize(serializer)
    }
}

#[cfg(feature = "yaml")]
impl Decode for EnvValue {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match &tree.kind {
            Kind::Bool(value) => Some(Self::Bool(*value)),
            Kind::Integer(value) => Some(Self::Integer(*value)),
            Kind::Float(value) => Some(Self::Float(*value)),
            Kind::Secret(secret) => Some(Self::Secret(secret.clone())),
            Kind::Text(_) | Kind::Runtime(_) | Kind::Map(_) => Text::decode(tree, at).map(Self::Text),
            Kind::Null | Kind::List(_) | Kind::Broken => at.wrong(tree, "a text, a number or a boolean"),
        }
    }
}

impl Serialize for EnvValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Secret(secret) => secret.serialize(serializer),
        }
    }
}

macro_rules! env_values {
    ($($from:ty => |$value:ident| $into:expr;)*) => {$(
        impl From<$from> for EnvValue {
            fn from($value: $from) -> Self {
                $into
            }
        }
    )*};
}

env_values! {
    &str => |value| Self::Text(value.into());
    String => |value| Self::Text(value.into());
    Text => |value| Self::Text(value);
    Secret => |value| Self::Secret(value);
    bool => |value| Self::Bool(value);
    i32 => |value| Self::Integer(value.into());
    u16 => |value| Self::Integer(value.into());
    u32 => |value| Self::Integer(value.into());
    i64 => |value| Self::Integer(value);
    f64 => |value| Self::Float(value);
}

/// Checks the variables of a container.
pub(crate) fn check(variables: &[EnvironmentVariable], at: &mut Check<'_>) {
    check_variables(variables, at);
    at.each(variables, |at, variable| {
        if variable.value.reveals_secret() {
            let issue = EnvironmentIssue::SecretWrittenOut { name: variable.name.clone() };
            at.written_here(variable.origin).field("value").report(&issue);
        }
    });
}

/// Checks what holds for the variables of functions too, which are told of secrets in their own words.
pub(crate) fn check_variables(variables: &[EnvironmentVariable], at: &mut Check<'_>) {
    let mut names = Set::new();
    at.each(variables, |at, variable| {
        let mut at = at.written_here(variable.origin);
        let name = &variable.name;
        if name.is_empty() || name.contains(['=', '\0']) {
            at.field("name").report(&EnvironmentIssue::Name { name: name.clone() });
        }
        if !names.insert(name) {
            at.field("name").report(&EnvironmentIssue::Duplicate { name: name.clone() });
        }
        match &variable.value {
            EnvValue::Secret(secret) => secret.check(&mut at.field("value")),
            EnvValue::Float(number) if !number.is_finite() => at.field("value").report(&EnvironmentIssue::NotANumber { found: *number }),
            EnvValue::Text(_) | EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_) => {}
        }
    });
}

/// Mistakes in an environment.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "environment")]
#[non_exhaustive]
pub enum EnvironmentIssue {
    /// A process cannot be given a variable without a name, or with `=` in it.
    #[error("found the variable name `{name}`, expected at least one character and no `=`")]
    #[issue(help = "write a name such as `PORT`", docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html")]
    Name {
        /// What was found.
        name: String,
    },
    /// Of two variables with one name, ECS keeps one, and does not say which.
    #[error("found the variable `{name}` a second time, expected each name once in a container")]
    #[issue(
        help = "leave one of the two out",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    Duplicate {
        /// The name.
        name: String,
    },
    /// A variable is a text, and these numbers have none that programs agree on.
    #[error("found the number `{found}`, expected a finite one")]
    #[issue(help = "write the text that your program reads")]
    NotANumber {
        /// What was found.
        found: f64,
    },
    /// CloudFormation puts the secret in the place of such a reference, and the task definition shows it.
    #[error("found a dynamic reference to a secret in the variable `{name}`, expected a secret that ECS reads when the container starts")]
    #[issue(
        help = "write `Secret::new(\"name\").key(\"key\")`; as it stands, whoever may read the task definition sees the secret",
        yaml = "write `$Secret('name.key')`; as it stands, whoever may read the task definition sees the secret",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"
    )]
    SecretWrittenOut {
        /// The variable.
        name: String,
    },
}
