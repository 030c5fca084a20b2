//! What happens to the objects of a bucket becomes a rule of the default bus, where the bucket sends it.

use stacktape_model::bucket::BucketParam;
use stacktape_model::function::{Function, KeyPattern, S3Event};
use stacktape_model::text::Text;

use super::{permit_rule, target};
use crate::cfn::{Node, Value, select, split};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{bucket, event_rule, text};
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &S3Event, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let S3Event { bucket_arn, event_type, filter_rule, origin: _ } = event;
    // Validation refuses what is not sent.
    let Some(sent) = event_type.sent() else { return };
    let one_of = |texts: &'static [&'static str]| Node::list(texts.iter().map(|text| Node::literal(text)));
    let keys: Vec<_> = filter_rule.patterns().into_iter().map(key_pattern).collect();
    let object = (!keys.is_empty()).then(|| Node::object([("key", Node::list(keys))]));
    let bucket = Node::object([("name", Node::list([bucket_name(event.bucket_in_stack(), bucket_arn, plan).into_node()]))]);
    let details = [
        ("bucket", Some(bucket)),
        ("object", object),
        ("reason", sent.reason.map(|reason| Node::list([Node::literal(reason)]))),
        ("deletion-type", sent.deletion_type.map(|deletion_type| Node::list([Node::literal(deletion_type)]))),
    ];
    let pattern = Node::object([
        ("source", Node::list([Node::literal("aws.s3")])),
        ("detail-type", one_of(sent.detail_types)),
        ("detail", Node::object(details.into_iter().filter_map(|(key, detail)| Some((key, detail?))))),
    ]);
    let name = function.name();
    let id = logical_id::bucket_event_rule(name, event);
    permit_rule(&logical_id::bucket_event_permission(name, event), name, &id, fragment);
    fragment.add(&id, event_rule::matching(pattern, target(name), plan));
}

/// The bucket's name, which is the end of its ARN.
fn bucket_name(in_stack: Option<&str>, arn: &Text, plan: &Plan<'_>) -> Value<String> {
    match (in_stack, arn.as_literal().and_then(|arn| arn.rsplit(':').next())) {
        (Some(name), _) => bucket::param(name, BucketParam::Name),
        (None, Some(name)) => name.to_owned().into(),
        (None, None) => select(5, split(":", text::lower(arn, plan.stack))),
    }
}

fn key_pattern(pattern: KeyPattern) -> Node {
    match pattern {
        KeyPattern::Prefix(text) => Node::object([("prefix", Node::Text(text.into()))]),
        KeyPattern::Suffix(text) => Node::object([("suffix", Node::Text(text.into()))]),
        KeyPattern::Wildcard(text) => Node::object([("wildcard", Node::Text(text.into()))]),
        KeyPattern::Exact(text) => Node::Text(text.into()),
    }
}
