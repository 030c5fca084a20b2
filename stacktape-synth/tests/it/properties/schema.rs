//! Every resource keeps to the vendored schema of its type: keys, what is required, types, enums and limits; and an attribute is one
//! that the type has.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::bucket::{Bucket, BucketCors, CorsRule, S3Method};
use stacktape_model::stack::Stack;

use super::references::pointers;
use super::{cases, items, resources, stacks, template, text, validated};

/// The schema of a type, read once.
fn schema(resource_type: &str) -> Arc<Json> {
    static READ: LazyLock<Mutex<HashMap<String, Arc<Json>>>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().expect("no thread panics with the lock");
    let schema = read.entry(resource_type.to_owned()).or_insert_with(|| {
        let file = resource_type.to_lowercase().replace("::", "-") + ".json";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stacktape-macros/codegen/schemas").join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Arc::new(serde_json::from_str(&text).expect("a schema"))
    });
    Arc::clone(schema)
}

/// An intrinsic function, whose value nobody knows before the deployment.
fn is_intrinsic(value: &Json) -> bool {
    let key = value.as_object().filter(|entries| entries.len() == 1).and_then(|entries| entries.keys().next());
    key.is_some_and(|key| key == "Ref" || key.starts_with("Fn::"))
}

/// What is wrong with a value, each with its path.
fn mistakes(value: &Json, rule: &Json, root: &Json, path: &str, found: &mut Vec<String>) {
    if is_intrinsic(value) {
        return;
    }
    if let Some(reference) = rule["$ref"].as_str() {
        let rule = root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("no {reference}"));
        return mistakes(value, rule, root, path, found);
    }
    let mut tell = |what: String| found.push(format!("{path}: {what}"));
    let types: Vec<_> = rule["type"].as_str().into_iter().chain(items(&rule["type"]).map(text)).collect();
    let fits = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        _ => false,
    };
    if !types.is_empty() && !types.iter().any(fits) {
        return tell(format!("found {value}, expected {types:?}"));
    }
    if rule["enum"].is_array() && !items(&rule["enum"]).any(|other| other == value) {
        tell(format!("found {value}, expected {}", rule["enum"]));
    }
    let size = match value {
        Json::String(text) => Some((text.chars().count(), "minLength", "maxLength")),
        Json::Array(list) => Some((list.len(), "minItems", "maxItems")),
        _ => None,
    };
    if let Some((size, least, most)) = size {
        let beyond = |limit: &str| rule[limit].as_u64().map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        if beyond(least).is_some_and(|least| size < least) || beyond(most).is_some_and(|most| size > most) {
            tell(format!("found a size of {size}, expected {} to {}", rule[least], rule[most]));
        }
    }
    if let Some(number) = value.as_f64()
        && (rule["minimum"].as_f64().is_some_and(|least| number < least) || rule["maximum"].as_f64().is_some_and(|most| number > most))
    {
        tell(format!("found {number}, expected {} to {}", rule["minimum"], rule["maximum"]));
    }
    if let Some(list) = value.as_array() {
        if rule["uniqueItems"] == true && (1..list.len()).any(|index| list[..index].contains(&list[index])) {
            tell(format!("found {value}, expected each element once"));
        }
        list.iter().enumerate().for_each(|(index, item)| mistakes(item, &rule["items"], root, &format!("{path}[{index}]"), found));
    }
    if let Some(entries) = value.as_object() {
        object_mistakes(entries, rule, root, path, found);
    }
}

fn object_mistakes(entries: &serde_json::Map<String, Json>, rule: &Json, root: &Json, path: &str, found: &mut Vec<String>) {
    for required in items(&rule["required"]).map(text).filter(|required| !entries.contains_key(*required)) {
        found.push(format!("{path}: {required} is missing"));
    }
    let properties = &rule["properties"];
    for (key, value) in entries {
        match properties.get(key) {
            Some(rule) => mistakes(value, rule, root, &format!("{path}.{key}"), found),
            None if rule["additionalProperties"] == false && rule["patternProperties"].is_null() => {
                found.push(format!("{path}: {key} is no property"));
            }
            None => {}
        }
    }
}

/// Attributes that AWS documents, and that its schemas leave out.
const DOCUMENTED: [(&str, &str); 2] = [("AWS::SNS::Topic", "TopicName"), ("AWS::SQS::Queue", "QueueName")];

/// Types whose tags only a replacement changes, which the name forbids.
const UNTAGGED: [&str; 1] = ["AWS::Kinesis::StreamConsumer"];

/// The property of a type that takes tags.
fn tag_property(schema: &Json) -> Option<String> {
    let property = schema["tagging"]["tagProperty"].as_str()?.strip_prefix("/properties/")?;
    schema["properties"].get(property).map(|_| property.to_owned())
}

/// Whether `GetAtt` of a type gives the attribute.
fn has_attribute(schema: &Json, attribute: &str) -> bool {
    if DOCUMENTED.iter().any(|(name, documented)| schema["typeName"] == *name && *documented == attribute) {
        return true;
    }
    let pointer = format!("/properties/{}", attribute.replace('.', "/"));
    items(&schema["readOnlyProperties"]).any(|property| *property == pointer)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_resource_keeps_to_the_schema_of_its_type(stack in stacks()) {
        for (id, resource) in resources(&template(&validated(stack))) {
            let schema = schema(text(&resource["Type"]));
            let mut found = Vec::new();
            let properties = resource.get("Properties").cloned().unwrap_or_else(|| json!({}));
            mistakes(&properties, &schema, &schema, id, &mut found);
            prop_assert!(found.is_empty(), "{:#?}", found);
        }
    }

    #[test]
    fn every_resource_whose_type_has_tags_has_those_of_the_stack(stack in stacks()) {
        let valid = validated(stack);
        let users = valid.config().tags.iter().map(|tag| (tag.name.as_str(), tag.value.is_empty()));
        let expected: Vec<_> = users.chain(["stp:stack-name", "stp:project-name", "stp:stage"].map(|name| (name, false))).collect();
        for (id, resource) in resources(&template(&valid)) {
            let resource_type = text(&resource["Type"]);
            let own = valid.raw_resources().iter().all(|raw| raw.logical_id() != id) && !UNTAGGED.contains(&resource_type);
            let Some(property) = tag_property(&schema(resource_type)).filter(|_| own) else { continue };
            let tags = &resource["Properties"][property];
            let takes_empty = resource_type != "AWS::ECS::CapacityProvider";
            for (name, _) in expected.iter().filter(|(_, is_empty)| takes_empty || !is_empty) {
                let has = items(tags).any(|tag| tag["Key"] == *name) || !tags[*name].is_null();
                prop_assert!(has, "{}, {}: no tag {}", id, resource_type, name);
            }
        }
    }

    #[test]
    fn every_attribute_is_one_of_its_type(stack in stacks()) {
        let valid = validated(stack);
        let template = template(&valid);
        for (id, attribute) in pointers(&template) {
            let Some(attribute) = attribute else { continue };
            // What users write about resources of their own is theirs.
            if valid.raw_resources().iter().any(|raw| raw.logical_id() == id) {
                continue;
            }
            let resource_type = text(&template["Resources"][&id]["Type"]);
            prop_assert!(has_attribute(&schema(resource_type), &attribute), "{} has no {}", resource_type, attribute);
        }
    }
}

#[test]
fn rules_that_become_the_same_are_written_once() {
    let rules = [
        CorsRule::builder(),
        CorsRule::builder().allowed_origins(["*", "*"]).allowed_methods(S3Method::ALL),
        CorsRule::builder().max_age(1),
    ];
    let mut stack = Stack::new("shop", "dev");
    stack.add(Bucket::builder("photos").cors(BucketCors::builder().rules(rules)));
    let template = template(&validated(stack));
    let rules = &template["Resources"]["PhotosBucket"]["Properties"]["CorsConfiguration"]["CorsRules"];
    let methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];
    let rule = json!({"AllowedMethods": methods, "AllowedOrigins": ["*"]});
    assert_eq!(*rules, json!([rule, {"AllowedMethods": methods, "AllowedOrigins": ["*"], "MaxAge": 1}]));
}

#[test]
fn mistakes_are_found() {
    let bucket = schema("AWS::S3::Bucket");
    let wrong = json!({
        "Colour": "red",
        "VersioningConfiguration": {"Status": "Maybe"},
        "CorsConfiguration": {"CorsRules": [{"AllowedMethods": ["GET", "GET"]}]},
        "BucketName": 7,
    });
    let mut found = Vec::new();
    mistakes(&wrong, &bucket, &bucket, "Photos", &mut found);
    found.sort();
    assert_eq!(
        found,
        [
            "Photos.BucketName: found 7, expected [\"string\"]",
            "Photos.CorsConfiguration.CorsRules[0].AllowedMethods: found [\"GET\",\"GET\"], expected each element once",
            "Photos.CorsConfiguration.CorsRules[0]: AllowedOrigins is missing",
            "Photos.VersioningConfiguration.Status: found \"Maybe\", expected [\"Enabled\",\"Suspended\"]",
            "Photos: Colour is no property",
        ]
    );
    assert!(has_attribute(&bucket, "Arn") && !has_attribute(&bucket, "arn"));
}
