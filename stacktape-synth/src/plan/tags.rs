//! Tags of every resource.

use std::collections::BTreeMap;

use stacktape_model::stack::ValidStack;

use crate::cfn::{Key, Node, Value};

/// The tags of a stack: the user's own, then which stack, project and stage a resource belongs to.
pub(crate) struct Tags {
    entries: Vec<(Key, String)>,
    /// The same as most types take it, made once.
    list: Node,
}

impl Tags {
    pub(super) fn of(stack: &ValidStack) -> Self {
        let own = [("stp:stack-name", stack.name()), ("stp:project-name", stack.project()), ("stp:stage", stack.stage())];
        let users = stack.config().tags.iter().map(|tag| (Key::Owned(tag.name.clone()), tag.value.clone()));
        let entries: Vec<_> = users.chain(own.map(|(key, value)| (key.into(), value.to_owned()))).collect();
        let list = Node::list(tags(&entries));
        Self { entries, list }
    }

    /// A list of `{Key, Value}`, which most types take; each calls its own element type `Tag`.
    pub(crate) fn list<T>(&self) -> Value<Vec<T>> {
        Value::from_node(self.list.clone())
    }

    /// The list, and further tags, which stand in the place of those of the same name.
    pub(crate) fn with<'t, T>(&self, further: impl Iterator<Item = (&'t str, &'t str)>) -> Value<Vec<T>> {
        let further: Vec<_> = further.collect();
        if further.is_empty() {
            return self.list();
        }
        let others = self.entries.iter().filter(|(key, _)| further.iter().all(|(name, _)| name != key)).cloned();
        let further = further.iter().map(|(name, value)| (Key::Owned((*name).to_owned()), (*value).to_owned()));
        Value::from_node(Node::list(tags(&others.chain(further).collect::<Vec<_>>())))
    }

    /// The list, and a name that consoles show; a user's own tag of this name stays.
    pub(crate) fn named<T>(&self, name: &str) -> Value<Vec<T>> {
        Value::from_node(self.named_list(name))
    }

    fn named_list(&self, name: &str) -> Node {
        const NAME: &str = "Name";
        if self.entries.iter().any(|(key, _)| key == NAME) {
            return self.list.clone();
        }
        Node::list(tags(&self.entries).chain([tag(NAME.into(), name.to_owned())]))
    }

    /// A map, which API Gateway takes.
    pub(crate) fn map(&self) -> Value<BTreeMap<String, String>> {
        Value::from_node(Node::object(self.entries.iter().map(|(key, value)| (key.clone(), Node::Text(value.clone().into())))))
    }

    /// The tags of the stack itself.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(key, value)| (key.as_ref(), value.as_str()))
    }
}

fn tags(entries: &[(Key, String)]) -> impl Iterator<Item = Node> {
    entries.iter().map(|(key, value)| tag(key.clone(), value.clone()))
}

fn tag(key: Key, value: String) -> Node {
    Node::object([("Key", Node::Text(key)), ("Value", Node::Text(value.into()))])
}
