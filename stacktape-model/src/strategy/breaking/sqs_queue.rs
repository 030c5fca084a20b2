//! Mistakes in queues.

use serde_json::json;

use super::planting::{Mistake, Planting};
use crate::event_bus::EventBusEvent;
use crate::iam::PolicyStatement;
use crate::sqs_queue::{RedrivePolicy, SqsQueue, SqsQueueBuilder};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("sqs_queue::range", |planting| {
        let queue = SqsQueue::builder("planted");
        let (queue, field) = match planting.one(&[0, 1, 2, 3, 4, 5, 6]) {
            0 => (queue.delay_messages_second(901), "delayMessagesSecond"),
            1 => (queue.max_message_size_bytes(1023), "maxMessageSizeBytes"),
            2 => (queue.max_message_size_bytes(1_048_577), "maxMessageSizeBytes"),
            3 => (queue.message_retention_period_seconds(59), "messageRetentionPeriodSeconds"),
            4 => (queue.long_polling_seconds(21), "longPollingSeconds"),
            5 => (queue.visibility_timeout_seconds(43_201), "visibilityTimeoutSeconds"),
            _ => (queue.redrive_policy(RedrivePolicy::to_arn(OUTSIDE, 0)), "redrivePolicy.maxReceiveCount"),
        };
        add(planting, queue, field)
    }),
    Mistake::anywhere("sqs_queue::fifo_only", |planting| {
        let queue = SqsQueue::builder("planted");
        let (queue, field) = if planting.one(&[true, false]) {
            (queue.fifo_high_throughput(true), "fifoHighThroughput")
        } else {
            (queue.content_based_deduplication(true), "contentBasedDeduplication")
        };
        add(planting, queue, field)
    }),
    Mistake::anywhere("sqs_queue::arn", |planting| {
        let arn = planting.one(&["failed", "", "arn:aws:sns:us-east-1:123456789012:failed", "arn:aws:sqs:us-east-1:123456789012:"]);
        if planting.one(&[true, false]) {
            let event = EventBusEvent::of_default_bus(json!({"source": ["my.shop"]})).on_delivery_failure_arn(arn);
            return receiving(planting, event, "onDeliveryFailure.sqsQueueArn");
        }
        add(planting, SqsQueue::builder("planted").redrive_policy(RedrivePolicy::to_arn(arn, 3)), "redrivePolicy.targetSqsQueueArn")
    }),
    Mistake::anywhere("sqs_queue::too_many_statements", |planting| {
        let number = planting.one(&[21, 30]);
        let statements = (0..number).map(|_| PolicyStatement::allow(["sqs:SendMessage"], "*"));
        add(planting, SqsQueue::builder("planted").policy_statements(statements), "policyStatements")
    }),
    Mistake::anywhere("iam::principal", |planting| {
        let principal = planting.one(&[json!("123456789012"), json!({}), json!({"Account": "123456789012"}), json!(["*"]), json!(null)]);
        let statement = PolicyStatement::allow(["sqs:SendMessage"], principal);
        add(planting, SqsQueue::builder("planted").policy_statement(statement), "policyStatements[0].Principal")
    }),
    Mistake::anywhere("event_bus_event::pattern", |planting| {
        let pattern = planting.one(&[
            (json!({"source": "my.shop"}), "eventPattern.source"),
            (json!({"detail": {"state": []}}), "eventPattern.detail.state"),
            (json!({"detail": {}}), "eventPattern.detail"),
            (json!({}), "eventPattern"),
            (json!(["my.shop"]), "eventPattern"),
        ]);
        receiving(planting, EventBusEvent::of_default_bus(pattern.0), pattern.1)
    }),
    Mistake::anywhere("event_bus_event::no_message_group", |planting| {
        let queue = SqsQueue::builder("planted").fifo_enabled(true).event(EventBusEvent::of_default_bus(json!({"source": ["my.shop"]})));
        add(planting, queue, "events[0]")
    }),
    Mistake::anywhere("event_bus_event::fifo_failure", |planting| {
        let event = EventBusEvent::of_default_bus(json!({"source": ["my.shop"]}));
        if planting.one(&[true, false]) {
            let failed = SqsQueue::builder("plantedFailed").fifo_enabled(true).build();
            let event = event.on_delivery_failure(&failed);
            planting.stack.add(failed);
            receiving(planting, event, "onDeliveryFailure.sqsQueueName")
        } else {
            let event = event.on_delivery_failure_arn("arn:aws:sqs:us-east-1:123456789012:failed.fifo");
            receiving(planting, event, "onDeliveryFailure.sqsQueueArn")
        }
    }),
    Mistake::anywhere("event_bus_event::input_path", |planting| {
        let path = planting.text(&["detail", "", &format!("$.{}", "a".repeat(255))]);
        let event = EventBusEvent::of_default_bus(json!({"source": ["my.shop"]}));
        if planting.one(&[true, false]) {
            receiving(planting, event.input_path(path), "inputPath")
        } else {
            receiving(planting, event.input_transformer([("id", path)], "<id>"), "inputTransformer.inputPathsMap.id")
        }
    }),
    Mistake::anywhere("event_bus_event::too_many_paths", |planting| {
        let number = planting.one(&[101, 200]);
        let paths = (0..number).map(|index| (format!("part{index}"), "$.detail"));
        let event = EventBusEvent::of_default_bus(json!({"source": ["my.shop"]})).input_transformer(paths, "<part0>");
        receiving(planting, event, "inputTransformer.inputPathsMap")
    }),
    Mistake::anywhere("redrive::fifo_mismatch", |planting| {
        let fifo = planting.one(&[true, false]);
        let last = SqsQueue::builder("plantedLast").fifo_enabled(!fifo).build();
        let queue = SqsQueue::builder("planted").fifo_enabled(fifo).redrive_policy(RedrivePolicy::to(&last, 3));
        planting.stack.add(last);
        add(planting, queue, "redrivePolicy.targetSqsQueueName")
    }),
    Mistake::anywhere("redrive::circle", |planting| {
        let first = SqsQueue::builder("planted").build();
        let next = SqsQueue::builder("plantedNext").redrive_policy(RedrivePolicy::to(&first, 3)).build();
        let target = if planting.one(&[true, false]) { &next } else { &first };
        let (redrive, key) = if planting.one(&[true, false]) {
            (RedrivePolicy::to(target, 3), "targetSqsQueueName")
        } else {
            (RedrivePolicy::to_arn(target.arn(), 3), "targetSqsQueueArn")
        };
        planting.stack.add(next);
        add(planting, SqsQueue::builder("planted").redrive_policy(redrive), &format!("redrivePolicy.{key}"))
    }),
];

const OUTSIDE: &str = "arn:aws:sqs:us-east-1:123456789012:failed";

/// Adds the queue `planted` with an event; the path is below it.
fn receiving(planting: &mut Planting<'_>, event: EventBusEvent, field: &str) -> String {
    add(planting, SqsQueue::builder("planted").event(event), &format!("events[0].{field}"))
}

/// Adds the queue `planted`.
fn add(planting: &mut Planting<'_>, queue: SqsQueueBuilder, field: &str) -> String {
    planting.stack.add(queue);
    format!("resources.planted.{field}")
}
