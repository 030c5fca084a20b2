//! Whatever a template points at exists, and nothing waits for itself. The printed JSON is walked here by itself, so that a mistake of
//! our own walk cannot hide another one.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value as Json;

use super::{cases, items, resources, stacks, template, text, validated};

/// What a template points at: a logical id, and an attribute where it is no `Ref`.
pub(super) type Pointer = (String, Option<String>);

/// Everything that a value points at, pseudo parameters left out.
pub(super) fn pointers(value: &Json) -> Vec<Pointer> {
    let mut found = Vec::new();
    walk(value, &mut found);
    found
}

fn walk(value: &Json, found: &mut Vec<Pointer>) {
    match value {
        Json::Array(values) => values.iter().for_each(|value| walk(value, found)),
        Json::Object(entries) => {
            for (key, value) in entries {
                match key.as_str() {
                    "Ref" => point(text(value), None, found),
                    "Fn::GetAtt" => match value {
                        Json::String(both) => {
                            let (id, attribute) = both.split_once('.').expect("an id and an attribute");
                            point(id, Some(attribute), found);
                        }
                        _ => point(text(&value[0]), Some(text(&value[1])), found),
                    },
                    "Fn::Sub" => walk_sub(value, found),
                    _ => walk(value, found),
                }
            }
        }
        _ => {}
    }
}

fn point(id: &str, attribute: Option<&str>, found: &mut Vec<Pointer>) {
    if !id.starts_with("AWS::") {
        found.push((id.to_owned(), attribute.map(str::to_owned)));
    }
}

/// `${Id}`, `${Id.Attribute}` and `${variable}`, and not `${!literal}`.
fn walk_sub(value: &Json, found: &mut Vec<Pointer>) {
    let (template, variables) = match value {
        Json::String(template) => (template.as_str(), None),
        _ => (text(&value[0]), value.get(1)),
    };
    for variable in variables.and_then(Json::as_object).into_iter().flat_map(|variables| variables.values()) {
        walk(variable, found);
    }
    for (begin, _) in template.match_indices("${") {
        let rest = &template[begin + 2..];
        let Some(end) = rest.find('}').filter(|_| !rest.starts_with('!')) else { continue };
        let name = &rest[..end];
        if variables.is_none_or(|variables| variables.get(name).is_none()) {
            match name.split_once('.') {
                Some((id, attribute)) => point(id, Some(attribute), found),
                None => point(name, None, found),
            }
        }
    }
}

/// What a resource waits for by `DependsOn`.
fn waits_for(resource: &Json) -> Vec<&str> {
    match &resource["DependsOn"] {
        Json::String(id) => vec![id],
        other => items(other).map(text).collect(),
    }
}

/// Takes away what waits for nothing, again and again; what is left waits for itself.
fn in_a_circle(mut edges: BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<&str> {
    loop {
        let free: Vec<_> = edges.iter().filter(|(_, to)| to.is_empty()).map(|(id, _)| *id).collect();
        if free.is_empty() {
            return edges.into_keys().collect();
        }
        for id in free {
            edges.remove(id);
            for to in edges.values_mut() {
                to.remove(id);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn whatever_a_template_points_at_exists_and_nothing_waits_for_itself(stack in stacks()) {
        let template = template(&validated(stack));
        let known = resources(&template);
        let mut edges = BTreeMap::new();
        for (id, resource) in known {
            let mut to: BTreeSet<_> = pointers(resource).into_iter().map(|(id, _)| id).collect();
            to.extend(waits_for(resource).into_iter().map(str::to_owned));
            edges.insert(id.as_str(), to);
        }
        let outputs: BTreeSet<_> = pointers(&template["Outputs"]).into_iter().map(|(id, _)| id).collect();
        for to in edges.values().flatten().chain(&outputs) {
            prop_assert!(known.contains_key(to), "{} does not exist", to);
        }
        let circle = in_a_circle(edges);
        prop_assert!(circle.is_empty(), "{:?} wait for each other", circle);
    }
}

#[test]
fn the_walk_finds_every_spelling() {
    let value = serde_json::json!({
        "a": [{"Ref": "A"}, {"Ref": "AWS::Region"}, {"Fn::GetAtt": ["B", "Arn"]}, {"Fn::GetAtt": "C.Arn.More"}],
        "b": {"Fn::Sub": "${D}-${!No}-${E.Arn}-${AWS::StackName}-${unclosed"},
        "c": {"Fn::Sub": ["${v}${F}", {"v": {"Ref": "G"}}]},
    });
    let found: Vec<_> =
        pointers(&value).into_iter().map(|(id, attribute)| attribute.map_or(id.clone(), |attribute| format!("{id}.{attribute}"))).collect();
    assert_eq!(found, ["A", "B.Arn", "C.Arn.More", "D", "E.Arn", "G", "F"]);
    let edges = |pairs: &[(&'static str, &[&str])]| {
        pairs.iter().map(|(from, to)| (*from, to.iter().map(|to| (*to).to_owned()).collect())).collect()
    };
    assert_eq!(in_a_circle(edges(&[("a", &["b"]), ("b", &["a"]), ("c", &[])])), BTreeSet::from(["a", "b"]));
    assert_eq!(in_a_circle(edges(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), BTreeSet::new());
}
