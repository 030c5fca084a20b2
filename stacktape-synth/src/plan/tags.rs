//! Tags of every resource.

use std::collections::BTreeMap;

use stacktape_model::stack::ValidStack;

use crate::cfn::{Key, Node, Value};

/// The tags of a stack: the user's own, then which stack, project and stage a resource belongs to.
pub(crate) struct Tags {
    entries: Vec<(String, String)>,
}

impl Tags {
    pub(super) fn of(stack: &ValidStack) -> Self {
        let own = [("stp:stack-name", stack.name()), ("stp:project-name", stack.project()), ("stp:stage", stack.stage())];
        let users = stack.config().tags.iter().map(|tag| (tag.name.clone(), tag.value.clone()));
        let entries = users.chain(own.map(|(key, value)| (key.to_owned(), value.to_owned()))).collect();
        Self { entries }
    }

    /// A list of `{Key, Value}`, which most types take; each calls its own element type `Tag`.
    pub(crate) fn list<T>(&self) -> Value<Vec<T>> {
        self.with([])
    }

    /// The list, and a name that consoles show.
    pub(crate) fn named<T>(&self, name: &str) -> Value<Vec<T>> {
        self.with([("Name", name)])
    }

    fn with<T, const N: usize>(&self, more: [(&str, &str); N]) -> Value<Vec<T>> {
        let users: Vec<_> = self.entries.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let more = more.into_iter().filter(|(key, _)| users.iter().all(|(other, _)| other != key));
        let all = users.iter().copied().chain(more);
        let tag = |(key, value): (&str, &str)| Node::object([("Key", text(key)), ("Value", text(value))]);
        Value::from_node(Node::List(all.map(tag).collect()))
    }

    /// A map, which API Gateway takes.
    pub(crate) fn map(&self) -> BTreeMap<Key, Value<String>> {
        self.entries.iter().map(|(key, value)| (Key::Owned(key.clone()), value.clone().into())).collect()
    }

    /// The tags of the stack itself.
    pub(crate) fn entries(&self) -> &[(String, String)] {
        &self.entries
    }
}

fn text(text: &str) -> Node {
    Node::Text(Key::Owned(text.to_owned()))
}
