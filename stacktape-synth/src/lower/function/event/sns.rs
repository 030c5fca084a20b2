//! Messages of a topic become a subscription.

use stacktape_model::function::{Function, SnsEvent};

use super::permit;
use crate::cfn::{Node, PropertyType, Value, sns};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{expression, sqs_queue, topic_arn};
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &SnsEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let SnsEvent { topic, filter_policy, on_delivery_failure, origin: _ } = event;
    let name = function.name();
    let arn = topic_arn(topic, plan.stack);
    let filter = filter_policy.as_ref().map(|policy| Value::from_node(expression::lower(policy, plan.stack)));
    let failed = on_delivery_failure.as_ref().map(|queue| {
        let arn = sqs_queue::arn(queue, plan.stack);
        Value::from_node(Node::object([("deadLetterTargetArn", arn.into_node())]))
    });
    let subscription = sns::Subscription::new("lambda", arn.clone())
        .endpoint(logical_id::function(name).att_arn())
        .set_some::<Value<_>>(filter, sns::Subscription::filter_policy)
        .set_some::<Value<_>>(failed, sns::Subscription::redrive_policy);
    permit(&logical_id::topic_permission(name, topic), name, "sns.amazonaws.com", arn, fragment);
    fragment.add(&logical_id::topic_subscription(name, topic), subscription);
}
