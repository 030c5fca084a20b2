//! `sns-topic` becomes an SNS topic.

use stacktape_model::function::TopicRef;
use stacktape_model::sns_topic::{SnsTopic, SnsTopicParam, SnsTopicParts};
use stacktape_model::stack::ValidStack;

use crate::cfn::{PropertyType, Value, concat, sns};
use crate::fragment::Fragment;
use crate::lower::text;
use crate::plan::Plan;
use crate::policy::Grant;
use crate::{logical_id, physical_name};

const TOPIC_NAME_MAX: usize = 256;

pub(super) fn lower(topic: &SnsTopic, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let SnsTopicParts {
        name,
        sms_display_name,
        fifo_enabled,
        content_based_deduplication,
        overrides: _, // applied when the template is merged
    } = topic.parts();
    let mut resource = sns::Topic::new().set_some(sms_display_name.clone(), sns::Topic::display_name).tags(plan.tags.list());
    if *fifo_enabled {
        // CloudFormation gives a FIFO topic a name without the ending that SNS demands.
        // <https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/681>
        resource = resource
            .topic_name(physical_name::fifo(plan.stack.name(), name, TOPIC_NAME_MAX))
            .fifo_topic(true)
            .content_based_deduplication(*content_based_deduplication);
    }
    fragment.add(&logical_id::topic(name), resource);
}

/// The ARN of a topic, of the stack or not.
pub(crate) fn topic_arn(topic: &TopicRef, stack: &ValidStack) -> Value<String> {
    match topic {
        TopicRef::Named(topic) => param(&topic.name, SnsTopicParam::Arn),
        TopicRef::Arn(arn) => text::lower(arn, stack),
    }
}

/// A parameter of a topic.
pub(super) fn param(topic: &str, param: SnsTopicParam) -> Value<String> {
    let id = logical_id::topic(topic);
    match param {
        SnsTopicParam::Arn => id.att_topic_arn(),
        // AWS documents the attribute, its schema leaves it out:
        // <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html#aws-resource-sns-topic-return-values>
        SnsTopicParam::Name => id.attribute("TopicName"),
    }
}

/// What a workload that is connected to the topic may do.
pub(super) fn grants(topic: &SnsTopic) -> Vec<Grant> {
    let arn = logical_id::topic(topic.name()).att_topic_arn();
    let on_topic = ["sns:ConfirmSubscription", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:Publish", "sns:Subscribe"];
    // The ARN of a subscription is that of its topic, and more.
    let subscriptions = concat([arn.clone(), ":*".into()]);
    vec![Grant::new(on_topic, [arn.clone()]), Grant::new(["sns:Unsubscribe"], [arn, subscriptions])]
}
