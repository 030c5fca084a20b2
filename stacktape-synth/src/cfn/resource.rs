//! What every generated type stands on: a property list behind typed setters.

use super::id::Id;
use super::node::{Key, Node};
use super::value::Value;

/// The properties of a resource or of a nested property type, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Properties(Vec<(Key, Node)>);

impl Properties {
    /// No property set.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn set(mut self, name: &'static str, value: Node) -> Self {
        // Most setters are called in the order of their names.
        if self.0.last().is_none_or(|(last, _)| last.as_ref() < name) {
            self.0.push((Key::Borrowed(name), value));
            return self;
        }
        match self.0.binary_search_by(|(key, _)| key.as_ref().cmp(name)) {
            Ok(index) => self.0[index].1 = value,
            Err(index) => self.0.insert(index, (Key::Borrowed(name), value)),
        }
        self
    }

    /// The object, its keys sorted.
    pub fn into_node(self) -> Node {
        Node::Object(self.0)
    }
}

/// Sets a property; a later value replaces an earlier one. What every generated setter calls: a function rather than a method, and one
/// call in all, since the compiler checks five thousand such bodies for every user.
pub(crate) fn set<T: ?Sized>(properties: Properties, name: &'static str, value: impl Into<Value<T>>) -> Properties {
    properties.set(name, value.into().node)
}

/// A generated type: a resource, or an object inside one.
pub trait PropertyType: Sized {
    /// The properties that were set.
    fn into_properties(self) -> Properties;

    /// Calls a setter only where there is a value, so that what is unset stays out of the template.
    fn set_some<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<T: PropertyType> From<T> for Value<T> {
    fn from(value: T) -> Self {
        Self::from_node(value.into_properties().into_node())
    }
}

/// A generated CloudFormation resource type.
pub trait Resource: PropertyType {
    /// The type's name, `AWS::Service::Type`.
    const TYPE: &'static str;

    /// A typed logical id of this type.
    fn id(id: impl Into<std::sync::Arc<str>>) -> Id<Self> {
        Id::new(id)
    }
}
