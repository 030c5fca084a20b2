//! The user's last word over properties.

use std::sync::Arc;

use stacktape_model::overrides::Override;
use stacktape_model::report::{Finding, Report};
use stacktape_model::stack::ValidStack;

use super::{Owners, TemplateIssue};
use crate::cfn::{Key, Node};
use crate::fragment::{Owner, Rendered};
use crate::lower::expression;

/// Applies every override; what cannot be applied is told.
pub(super) fn apply(stack: &ValidStack, resources: &mut [Rendered], owners: &Owners, report: &mut Report) {
    for resource in stack.resources().iter().filter(|resource| !resource.overrides().is_empty()) {
        let owned = |owner: &Owner| matches!(owner, Owner::Resource { name, .. } if name == resource.name());
        let path = format!("resources.{}.overrides", resource.name());
        apply_all(stack, resource.overrides(), &path, &owned, resources, owners, report);
    }
    apply_all(stack, stack.overrides(), "overrides", &|_| true, resources, owners, report);
}

fn apply_all(
    stack: &ValidStack,
    overrides: &[Override],
    path: &str,
    owned: &dyn Fn(&Owner) -> bool,
    resources: &mut [Rendered],
    owners: &Owners,
    report: &mut Report,
) {
    for value in overrides {
        let id = value.logical_id.as_str();
        let mut tell = |issue: &TemplateIssue| report.push(Finding::new(issue, format!("{path}.{id}"), Some(value.origin)));
        let target = resources.binary_search_by(|resource| resource.id.as_str().cmp(id)).ok();
        let Some(target) = target.filter(|target| owned(owners.of(*target))) else {
            let expected = resources.iter().enumerate().filter(|(index, _)| owned(owners.of(*index)));
            let expected: Vec<_> = expected.map(|(_, resource)| resource.id.as_str()).collect();
            tell(&TemplateIssue::OverrideOfOther { id: id.to_owned(), expected: expected.join("`, `") });
            continue;
        };
        let new = (!value.value.is_null()).then(|| expression::lower(&value.value, stack));
        if set(&mut resources[target].properties, &value.path, new).is_none() {
            tell(&TemplateIssue::OverridePath { path: value.path.clone(), id: id.to_owned() });
        }
    }
}

/// Sets or removes what stands at the path; objects and lists on the way are made, but not to remove what is not there. `None` where the way is barred by a literal or
/// by an intrinsic function, or where an index is far behind the end of a list.
fn set(node: &mut Node, path: &str, new: Option<Node>) -> Option<()> {
    match split(path) {
        (key, None) => set_last(node, key, new, merge),
        (_, Some(_)) => set_below(node, path, new),
    }
}

/// The same where an object takes the place of another one.
fn set_below(node: &mut Node, path: &str, new: Option<Node>) -> Option<()> {
    let (key, Some(rest)) = split(path) else {
        return set_last(node, split(path).0, new, |_, new| new);
    };
    if new.is_none() && matches!(node, Node::Object(entries) if entries.iter().all(|(other, _)| other != key)) {
        return Some(());
    }
    if is_map_of_names(key) {
        // What follows is one name, dots and all.
        return set_last(child(node, key, Node::Object(Vec::new()))?, rest, new, |_, new| new);
    }
    let numeric = split(rest).0.parse::<usize>().is_ok();
    let next = child(node, key, if numeric { Node::list([]) } else { Node::Object(Vec::new()) })?;
    set_below(next, rest, new)
}

/// The first key or index of a path, and what follows: `a.0.b` and `a[0].b` are the same.
fn split(path: &str) -> (&str, Option<&str>) {
    let (first, rest) = match path.split_once(['.', '[']) {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    (first.strip_suffix(']').unwrap_or(first), rest)
}

/// Properties whose keys are names of their own, which may have dots.
fn is_map_of_names(key: &str) -> bool {
    matches!(key, "Parameters" | "AdvancedOptions")
}

/// What a key or an index leads to; where nothing is, `empty` is put there.
fn child<'a>(node: &'a mut Node, key: &str, empty: Node) -> Option<&'a mut Node> {
    match node {
        Node::Object(entries) => {
            let index = match entries.binary_search_by(|(other, _)| other.as_ref().cmp(key)) {
                Ok(index) => index,
                Err(index) => {
                    entries.insert(index, (Key::Owned(key.to_owned()), empty));
                    index
                }
            };
            Some(&mut entries[index].1)
        }
        Node::List(items) => {
            let index: usize = key.parse().ok()?;
            if index == items.len() {
                *items = items.iter().cloned().chain([empty]).collect();
            }
            Arc::make_mut(items).get_mut(index)
        }
        _ => None,
    }
}

fn set_last(node: &mut Node, key: &str, new: Option<Node>, join: fn(Node, Node) -> Node) -> Option<()> {
    match (node, new) {
        (Node::Object(entries), None) => entries.retain(|(other, _)| other != key),
        (Node::List(items), None) => {
            let index: usize = key.parse().ok()?;
            items.get(index)?;
            *items = items[..index].iter().chain(&items[index + 1..]).cloned().collect();
        }
        (parent, Some(new)) => {
            let old = child(parent, key, Node::Null)?;
            *old = join(std::mem::replace(old, Node::Null), new);
        }
        _ => return None,
    }
    Some(())
}

/// An object goes into an object key by key, as the original has it for properties of the resource itself; anything else replaces what
/// was there.
fn merge(old: Node, new: Node) -> Node {
    match (old, new) {
        (Node::Object(old), Node::Object(new)) => {
            let mut merged = Node::Object(old);
            for (key, node) in new {
                if let Some(slot) = child(&mut merged, &key, Node::Null) {
                    *slot = merge(std::mem::replace(slot, Node::Null), node);
                }
            }
            merged
        }
        (_, new) => new,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn after(node: Json, path: &str, value: Json) -> Option<Json> {
        let mut node = Node::from(node);
        let new = (!value.is_null()).then(|| Node::from(value));
        set(&mut node, path, new)?;
        Some(serde_json::to_value(&node).expect("no holes"))
    }

    #[test]
    fn a_path_sets_what_it_leads_to() {
        assert_eq!(after(json!({"a": {"b": 1}}), "a.b", json!(2)), Some(json!({"a": {"b": 2}})));
        assert_eq!(after(json!({}), "a.b.c", json!(2)), Some(json!({"a": {"b": {"c": 2}}})));
        assert_eq!(after(json!({"a": [{"b": 1}]}), "a.0.b", json!(2)), Some(json!({"a": [{"b": 2}]})));
        assert_eq!(after(json!({}), "a.0.b", json!(2)), Some(json!({"a": [{"b": 2}]})));
        assert_eq!(after(json!({"a": 1, "b": 2}), "a", json!(null)), Some(json!({"b": 2})));
        assert_eq!(after(json!({"a": [1, 2]}), "a.0", json!(null)), Some(json!({"a": [2]})));
        assert_eq!(after(json!({"a": 1}), "b.c.d", json!(null)), Some(json!({"a": 1})));
        assert_eq!(after(json!({}), "Parameters.log.min", json!("1")), Some(json!({"Parameters": {"log.min": "1"}})));
    }

    #[test]
    fn objects_are_merged_and_lists_replaced() {
        let merged = after(json!({"a": {"b": [1], "c": 2}}), "a", json!({"b": [3], "d": 4}));
        assert_eq!(merged, Some(json!({"a": {"b": [3], "c": 2, "d": 4}})));
    }

    #[test]
    fn further_down_objects_are_replaced() {
        assert_eq!(after(json!({"a": {"b": {"c": 1}}}), "a.b", json!({"d": 2})), Some(json!({"a": {"b": {"d": 2}}})));
    }

    #[test]
    fn an_index_may_stand_in_brackets() {
        assert_eq!(after(json!({"a": [{"b": 1}]}), "a[0].b", json!(2)), Some(json!({"a": [{"b": 2}]})));
        assert_eq!(after(json!({"a": [[1, 2]]}), "a[0][1]", json!(3)), Some(json!({"a": [[1, 3]]})));
        assert_eq!(after(json!({"a": [1, 2]}), "a[1]", json!(null)), Some(json!({"a": [1]})));
        assert_eq!(after(json!({}), "Parameters.log[0]", json!("1")), Some(json!({"Parameters": {"log[0]": "1"}})));
    }

    #[test]
    fn a_barred_way_is_told() {
        assert_eq!(after(json!({"a": "text"}), "a.b", json!(1)), None);
        assert_eq!(after(json!({"a": {"Ref": "X"}}), "a.b", json!(1)), None);
        assert_eq!(after(json!({"a": []}), "a.7", json!(1)), None);
    }
}
