//! Raw CloudFormation resources and overrides.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value as Json, json};

use super::surroundings::{Later, Surroundings, pick};
use super::text::text_later;
use crate::expression::Expression;
use crate::name::pascal;
use crate::overrides::Override;
use crate::raw_resource::RawResource;

/// A type with properties that suffice, and with its attributes.
struct Kind {
    resource_type: &'static str,
    properties: fn() -> Vec<(&'static str, Json)>,
    attributes: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    Kind {
        resource_type: "AWS::SNS::Topic",
        properties: || vec![("DisplayName", json!("Orders")), ("KmsMasterKeyId", json!("alias/aws/sns"))],
        attributes: &["TopicArn", "TopicName"],
    },
    Kind {
        resource_type: "AWS::SQS::Queue",
        properties: || vec![("MessageRetentionPeriod", json!(345_600)), ("SqsManagedSseEnabled", json!(true))],
        attributes: &["Arn", "QueueName", "QueueUrl"],
    },
    Kind { resource_type: "AWS::Logs::LogGroup", properties: || vec![("RetentionInDays", json!(30))], attributes: &["Arn"] },
    Kind {
        resource_type: "AWS::SSM::Parameter",
        properties: || vec![("Type", json!("String")), ("Value", json!("value"))],
        attributes: &["Value"],
    },
];

/// The attributes of a resource that [`raw_resource`] makes.
pub(super) fn attributes(resource: &RawResource) -> &'static [&'static str] {
    let found = KINDS.iter().find(|kind| resource.body().get("Type").and_then(Expression::as_literal) == Some(kind.resource_type));
    found.map_or(&[], |kind| kind.attributes)
}

/// Topics, queues, log groups and parameters, with policies for deletion, metadata, references and `DependsOn` to raw resources
/// that are around. Shrinks to a topic.
pub fn raw_resource(logical_id: impl Into<String>, around: &Surroundings) -> BoxedStrategy<RawResource> {
    let (logical_id, around) = (logical_id.into(), around.clone());
    raw_later().prop_map(move |later| later.within(&around)(&logical_id)).boxed()
}

/// A raw resource that waits for its surroundings, and then for its logical id.
pub(super) type Named = Box<dyn Fn(&str) -> RawResource>;

pub(super) fn raw_later() -> BoxedStrategy<Later<Named>> {
    let policy = proptest::option::of(select(vec!["Delete", "Retain"]));
    let other = || proptest::option::of(any::<Index>());
    ((0..KINDS.len()), policy, any::<bool>(), (other(), other()), text_later())
        .prop_map(|(kind, policy, metadata, (waits, refers), told)| {
            Later::new(move |around| {
                let waits = waits.and_then(|index| pick(index, &around.raw_resources)).map(|raw| raw.logical_id().to_owned());
                let refers = refers.and_then(|index| pick(index, &around.raw_resources)).map(|raw| raw.logical_id().to_owned());
                // To wait for what is referred to says nothing new.
                let waits = waits.filter(|id| refers.as_ref() != Some(id));
                let value = match refers {
                    Some(other) => json!({"Fn::Sub": format!("${{{other}}} of ${{AWS::StackName}}")}).into(),
                    None => Expression::from(told.within(around)),
                };
                let make: Named = Box::new(move |id| build(id, &KINDS[kind], policy, metadata, waits.as_deref(), &value));
                make
            })
        })
        .boxed()
}

#[track_caller]
fn build(id: &str, kind: &Kind, policy: Option<&str>, metadata: bool, waits: Option<&str>, value: &Expression) -> RawResource {
    let mut resource = RawResource::new(id, kind.resource_type);
    for (name, literal) in (kind.properties)() {
        // Of all these properties, a parameter's value alone takes any text.
        resource = if name == "Value" { resource.property(name, value.clone()) } else { resource.property(name, literal) };
    }
    if let Some(policy) = policy {
        resource = resource.attribute("DeletionPolicy", policy).attribute("UpdateReplacePolicy", policy);
    }
    if metadata {
        resource = resource.attribute("Metadata", json!({"Purpose": "test"}));
    }
    if let Some(other) = waits {
        resource = resource.attribute("DependsOn", json!([other]));
    }
    resource
}

/// Overrides by the end of a logical id, path and value, each path at most once: the value is set, or what stands there is removed.
pub(super) fn override_of(paths: &'static [(&'static str, &'static str, &'static str)]) -> impl Strategy<Value = Vec<Role>> {
    let all = subsequence(paths, 0..=paths.len());
    (all, vec(any::<bool>(), paths.len())).prop_map(|(all, removed)| {
        let roles = all.into_iter().zip(removed);
        roles.map(|((id_ends, path, value), removed)| Role { id_ends, path, value, removed }).collect()
    })
}

/// An override that lacks the name in its logical id.
#[derive(Clone, Debug)]
pub(super) struct Role {
    id_ends: &'static str,
    path: &'static str,
    value: &'static str,
    removed: bool,
}

impl Role {
    /// Whether it sets this property.
    pub(super) fn is_about(&self, path: &str) -> bool {
        self.path == path
    }

    /// The override of a resource that belongs to `name`.
    #[track_caller]
    pub(super) fn of(&self, name: &str) -> Override {
        let value = if self.removed { Json::Null } else { serde_json::from_str(self.value).unwrap_or(Json::Null) };
        Override::new(format!("{}{}", pascal(name), self.id_ends), self.path, value)
    }
}
