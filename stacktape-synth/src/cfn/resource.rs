//! What every generated type stands on: a property list behind typed setters.

use super::id::Id;
use super::node::{Key, Node, sort_entries};
use super::value::Value;

/// The properties of a resource or of a nested property type, in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Properties(Vec<(Key, Node)>);

impl Properties {
    /// No property set.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a property; a later value replaces an earlier one.
    pub(crate) fn set<T: ?Sized>(&mut self, name: &'static str, value: Value<T>) {
        self.0.push((Key::Borrowed(name), value.into_node()));
    }

    /// The object, its keys sorted.
    pub fn into_node(mut self) -> Node {
        sort_entries(&mut self.0);
        Node::Object(self.0)
    }
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

/// A generated CloudFormation resource type.
pub trait Resource: PropertyType {
    /// The type's name, `AWS::Service::Type`.
    const TYPE: &'static str;

    /// A typed logical id of this type.
    fn id(id: impl Into<std::sync::Arc<str>>) -> Id<Self> {
        Id::new(id)
    }
}
