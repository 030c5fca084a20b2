//! `sqs-queue` becomes an SQS queue, with a policy where it has statements.

mod event;

use stacktape_model::sqs_queue::{QueueRef, RedrivePolicy, SqsQueue, SqsQueueParam, SqsQueueParts};
use stacktape_model::stack::ValidStack;

use crate::cfn::sqs::{self, queue as sqs_queue};
use crate::cfn::{Id, PropertyType, Value, events};
use crate::fragment::Fragment;
use crate::lower::{removal, text};
use crate::plan::Plan;
use crate::policy::{self, Grant};
use crate::{logical_id, physical_name};

/// SQS keeps messages so long where nothing is said. It is said, since a default of AWS may change.
const RETENTION_SECONDS: u32 = 345_600;
const QUEUE_NAME_MAX: usize = 80;

pub(super) fn lower(queue: &SqsQueue, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let SqsQueueParts {
        name,
        delay_messages_second,
        max_message_size_bytes,
        message_retention_period_seconds,
        long_polling_seconds,
        visibility_timeout_seconds,
        fifo_enabled,
        fifo_high_throughput,
        content_based_deduplication,
        redrive_policy,
        events: _, // rules of their own, below
        policy_statements,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = queue.parts();
    let id = logical_id::queue(name);
    let mut resource = sqs::Queue::new()
        .sqs_managed_sse_enabled(true)
        .message_retention_period(message_retention_period_seconds.unwrap_or(RETENTION_SECONDS))
        .set_some(*delay_messages_second, sqs::Queue::delay_seconds)
        .set_some(*max_message_size_bytes, sqs::Queue::maximum_message_size)
        .set_some(*long_polling_seconds, sqs::Queue::receive_message_wait_time_seconds)
        .set_some(*visibility_timeout_seconds, sqs::Queue::visibility_timeout)
        .set_some(redrive_policy.as_ref().map(|policy| redrive(policy, plan.stack)), sqs::Queue::redrive_policy)
        .tags(plan.tags.list());
    if *fifo_enabled {
        let (scope, limit) = if *fifo_high_throughput { ("messageGroup", "perMessageGroupId") } else { ("queue", "perQueue") };
        resource = resource
            .queue_name(physical_name::fifo(plan.stack.name(), name, QUEUE_NAME_MAX))
            .fifo_queue(true)
            .content_based_deduplication(*content_based_deduplication)
            .deduplication_scope(scope)
            .fifo_throughput_limit(limit);
    }
    fragment.add(&id, resource).on_removal(removal(*removal_policy));
    event::lower(queue, plan, fragment);
    // One policy alone: of two, the later one would replace the other.
    let own = policy_statements.iter().map(|statement| policy::resource_statement(statement, id.att_arn(), plan.stack));
    let mut statements: Vec<_> = own.collect();
    if let Some(senders) = plan.senders(name) {
        if !senders.rules.is_empty() {
            statements.push(policy::may_send("events.amazonaws.com", senders.rules.iter().map(Id::<events::Rule>::att_arn), id.att_arn()));
        }
        if senders.topics().len() > 0 {
            statements.push(policy::may_send("sns.amazonaws.com", senders.topics(), id.att_arn()));
        }
    }
    if !statements.is_empty() {
        fragment.add(&logical_id::queue_policy(name), sqs::QueuePolicy::new(policy::of_statements(statements), vec![id.reference()]));
    }
}

fn redrive(policy: &RedrivePolicy, stack: &ValidStack) -> sqs_queue::RedrivePolicy {
    let RedrivePolicy { target, max_receive_count } = policy;
    sqs_queue::RedrivePolicy::new().dead_letter_target_arn(arn(target, stack)).max_receive_count(*max_receive_count)
}

/// The ARN of a queue that something sends to.
pub(super) fn arn(queue: &QueueRef, stack: &ValidStack) -> Value<String> {
    match queue {
        QueueRef::Named(queue) => param(&queue.name, SqsQueueParam::Arn),
        QueueRef::Arn(arn) => text::lower(arn, stack),
    }
}

/// A parameter of a queue.
pub(super) fn param(queue: &str, param: SqsQueueParam) -> Value<String> {
    let id = logical_id::queue(queue);
    match param {
        SqsQueueParam::Arn => id.att_arn(),
        // AWS documents the attribute, its schema leaves it out:
        // <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html#aws-resource-sqs-queue-return-values>
        SqsQueueParam::Name => id.attribute("QueueName"),
        SqsQueueParam::Url => id.reference(),
    }
}

/// What a workload that is connected to the queue may do.
pub(super) fn grants(queue: &SqsQueue) -> Vec<Grant> {
    let actions = [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ListQueueTags",
        "sqs:PurgeQueue",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
    ];
    vec![Grant::new(actions, [logical_id::queue(queue.name()).att_arn()])]
}
