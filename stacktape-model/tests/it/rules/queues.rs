//! Queues: numbers, FIFO, where messages go on to, and who may use them.

use serde_json::{Value as Json, json};
use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::iam::PolicyStatement;
use stacktape_model::sqs_queue::{RedrivePolicy, SqsQueue, SqsQueueBuilder};
use stacktape_model::stack::Stack;
use stacktape_model::text::Text;

use crate::support::{Rule, rule, stack};

#[track_caller]
fn queue() -> SqsQueueBuilder {
    SqsQueue::builder("jobs")
}

#[track_caller]
fn one(queue: SqsQueueBuilder) -> Stack {
    stack([queue])
}

#[track_caller]
fn letting(statement: PolicyStatement) -> Stack {
    one(queue().policy_statement(statement))
}

#[track_caller]
fn to_arn(arn: &str, count: u32) -> Stack {
    one(queue().redrive_policy(RedrivePolicy::to_arn(arn, count)))
}

/// Queues, each with the next one to which it hands messages on.
#[track_caller]
fn chain<const N: usize>(queues: [(&str, &str, bool); N]) -> Stack {
    let named = |name: &str| SqsQueue::builder(name).build();
    stack(queues.map(|(name, next, fifo)| {
        let queue = SqsQueue::builder(name).fifo_enabled(fifo);
        if next.is_empty() { queue } else { queue.redrive_policy(RedrivePolicy::to(&named(next), 3)) }
    }))
}

const OUTSIDE: &str = "arn:aws:sqs:eu-west-1:123456789012:failed";

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_one();
    rules.extend(of_policies());
    rules.extend(of_several());
    rules.extend(of_events());
    rules
}

fn of_one() -> Vec<Rule> {
    const ARN: &str = "resources.jobs.redrivePolicy.targetSqsQueueArn";
    vec![
        rule("sqs_queue::range")
            .refuses("resources.jobs.delayMessagesSecond", one(queue().delay_messages_second(901)))
            .saying("found 901, expected 0 to 900", "write a number from 0 to 900")
            .refuses("resources.jobs.maxMessageSizeBytes", one(queue().max_message_size_bytes(1023)))
            .refuses("resources.jobs.maxMessageSizeBytes", one(queue().max_message_size_bytes(1_048_577)))
            .refuses("resources.jobs.messageRetentionPeriodSeconds", one(queue().message_retention_period_seconds(59)))
            .refuses("resources.jobs.messageRetentionPeriodSeconds", one(queue().message_retention_period_seconds(1_209_601)))
            .refuses("resources.jobs.longPollingSeconds", one(queue().long_polling_seconds(21)))
            .refuses("resources.jobs.visibilityTimeoutSeconds", one(queue().visibility_timeout_seconds(43_201)))
            .refuses("resources.jobs.redrivePolicy.maxReceiveCount", to_arn(OUTSIDE, 0))
            .refuses("resources.jobs.redrivePolicy.maxReceiveCount", to_arn(OUTSIDE, 1001))
            .takes(one(queue()
                .delay_messages_second(900)
                .max_message_size_bytes(1_048_576)
                .message_retention_period_seconds(1_209_600)
                .long_polling_seconds(20)
                .visibility_timeout_seconds(43_200)
                .redrive_policy(RedrivePolicy::to_arn(OUTSIDE, 1000))))
            .takes(one(queue()
                .delay_messages_second(0)
                .max_message_size_bytes(1024)
                .message_retention_period_seconds(60)
                .long_polling_seconds(0)
                .visibility_timeout_seconds(0)
                .redrive_policy(RedrivePolicy::to_arn(OUTSIDE, 1)))),
        rule("sqs_queue::fifo_only")
            .refuses("resources.jobs.fifoHighThroughput", one(queue().fifo_high_throughput(true)))
            .saying(
                "found `fifoHighThroughput` on a queue that is not FIFO, expected it on a FIFO queue only",
                "add `.fifo_enabled(true)`, or remove it",
            )
            .refuses("resources.jobs.contentBasedDeduplication", one(queue().content_based_deduplication(true)))
            .takes(one(queue().fifo_enabled(true).fifo_high_throughput(true).content_based_deduplication(true))),
        rule("sqs_queue::arn")
            .refuses(ARN, to_arn("failed", 3))
            .saying(
                "found `failed`, expected the ARN of a queue",
                "write an ARN such as `arn:aws:sqs:eu-west-1:123456789012:failed`, or give the queue of the stack itself: `&failed`",
            )
            .refuses(ARN, to_arn("arn:aws:sns:eu-west-1:123456789012:failed", 3))
            .refuses(ARN, to_arn("arn:aws:sqs:eu-west-1:123456789012:", 3))
            .refuses(ARN, stack([queue().redrive_policy(RedrivePolicy::to_arn(failed(false).url(), 3)).build(), failed(false)]))
            .refuses("resources.jobs.events[0].onDeliveryFailure.sqsQueueArn", one(queue().event(placed().on_delivery_failure_arn("failed"))))
            .takes(stack([queue().redrive_policy(RedrivePolicy::to_arn(failed(false).arn(), 3)).build(), failed(false)]))
            .takes(to_arn("arn:aws-cn:sqs:cn-north-1:123456789012:failed", 3))
            // Only the deployment knows it.
            .takes(one(queue().redrive_policy(RedrivePolicy::to_arn(Text::joined(["failed".into()]), 3)))),
    ]
}

#[track_caller]
fn failed(fifo: bool) -> SqsQueue {
    SqsQueue::builder("failed").fifo_enabled(fifo).build()
}

/// The events that an order was placed.
fn placed() -> EventBusEvent {
    EventBusEvent::of_default_bus(json!({"detail-type": ["OrderPlaced"]}))
}

fn statements(number: usize) -> impl Iterator<Item = PolicyStatement> {
    (0..number).map(|_| PolicyStatement::allow(["sqs:SendMessage"], "*"))
}

#[track_caller]
fn many_queue(number: usize) -> SqsQueueBuilder {
    queue().policy_statements(statements(number))
}

fn of_events() -> Vec<Rule> {
    const PATTERN: &str = "resources.jobs.events[0].eventPattern";
    const PATH: &str = "resources.jobs.events[0].inputPath";
    const PATHS: &str = "resources.jobs.events[0].inputTransformer.inputPathsMap";
    let getting = |event: EventBusEvent| one(queue().event(event));
    let like = |pattern: Json| getting(EventBusEvent::of_default_bus(pattern));
    let parts = |number: usize| getting(placed().input_transformer((0..number).map(|index| (format!("p{index}"), "$.detail")), "<p0>"));
    let failing = |fifo| stack([queue().event(placed().on_delivery_failure(&failed(fifo))).build(), failed(fifo)]);
    let failing_by_arn = |fifo| stack([queue().event(placed().on_delivery_failure_arn(failed(fifo).arn())).build(), failed(fifo)]);
    vec![
        rule("event_bus_event::pattern")
            .refuses("resources.jobs.events[0].eventPattern.source", like(json!({"source": "my.shop"})))
            .saying(
                "found another value than a map or a list with something in it, expected maps with lists of values at their ends",
                "write a pattern such as `json!({\"source\": [\"my.shop\"], \"detail\": {\"state\": [\"paid\"]}})`",
            )
            .refuses("resources.jobs.events[0].eventPattern.detail.state", like(json!({"detail": {"state": []}})))
            .refuses("resources.jobs.events[0].eventPattern.detail", like(json!({"detail": {}})))
            .refuses(PATTERN, like(json!({})))
            .refuses(PATTERN, like(json!(["OrderPlaced"])))
            .takes(like(json!({"detail": {"state": [{"anything-but": ["paid"]}, null]}, "$or": [{"source": ["a"]}, {"account": ["b"]}]}))),
        rule("event_bus_event::no_message_group")
            .refuses("resources.jobs.events[0]", one(queue().fifo_enabled(true).event(placed())))
            .saying(
                "found an event for a FIFO queue without a group, expected the group of its messages",
                "add `.message_group_id(\"orders\")`",
            )
            .takes(one(queue().fifo_enabled(true).event(placed().message_group_id("orders"))))
            // Fair queues take groups too.
            .takes(getting(placed().message_group_id("orders"))),
        rule("event_bus_event::fifo_failure")
            .refuses("resources.jobs.events[0].onDeliveryFailure.sqsQueueName", failing(true))
            .saying("found a FIFO queue for what could not be delivered, expected one that is not FIFO", "name another queue")
            .refuses("resources.jobs.events[0].onDeliveryFailure.sqsQueueArn", getting(placed().on_delivery_failure_arn(format!("{OUTSIDE}.fifo"))))
            .refuses("resources.jobs.events[0].onDeliveryFailure.sqsQueueArn", failing_by_arn(true))
            .takes(failing(false))
            .takes(failing_by_arn(false))
            .takes(getting(placed().on_delivery_failure_arn(OUTSIDE))),
        rule("event_bus_event::input_path")
            .refuses(PATH, getting(placed().input_path("detail")))
            .saying("found the path `detail`, expected `$` and what follows, at most 256 characters", "write a path such as `$.detail.id`")
            .refuses(PATH, getting(placed().input_path(format!("$.{}", "a".repeat(255)))))
            .refuses(
                "resources.jobs.events[0].inputTransformer.inputPathsMap.id",
                getting(placed().input_transformer([("id", "detail.id")], "<id>")),
            )
            .takes(getting(placed().input_path(format!("$.{}", "a".repeat(254)))))
            .takes(getting(placed().input_path("$"))),
        rule("event_bus_event::too_many_paths")
            .refuses(PATHS, parts(101))
            .saying("found 101 paths, expected at most 100", "send a larger part of the event under one name")
            .takes(parts(100)),
    ]
}

fn of_policies() -> Vec<Rule> {
    const PRINCIPAL: &str = "resources.jobs.policyStatements[0].Principal";
    let of = |principal: Json| letting(PolicyStatement::allow(["sqs:SendMessage"], principal));
    let many = |number| one(many_queue(number));
    let received = |queue: SqsQueueBuilder| one(queue.event(placed()));
    let failing = |event, number| stack([queue().event(event), SqsQueue::builder("failed").policy_statements(statements(number))]);
    let by_name = || placed().on_delivery_failure(&failed(false));
    let by_arn = || placed().on_delivery_failure_arn(failed(false).arn());
    vec![
        rule("sqs_queue::too_many_statements")
            .refuses("resources.jobs.policyStatements", many(21))
            .saying("found 21 statements, expected at most 20, with those that let buses and topics send", "join statements that differ only in their actions or principals")
            .refuses("resources.jobs.policyStatements", received(many_queue(20)))
            .refuses("resources.failed.policyStatements", failing(by_name(), 20))
            .refuses("resources.failed.policyStatements", failing(by_arn(), 20))
            .takes(many(20))
            .takes(received(many_queue(19)))
            .takes(failing(by_name(), 19))
            .takes(failing(by_arn(), 19)),
        rule("iam::principal")
            .refuses(PRINCIPAL, of(json!("123456789012")))
            .saying(
                "found another principal than `*` or a map of kinds, expected who may use the resource",
                "write a principal such as `json!({\"AWS\": \"123456789012\"})` or `json!({\"Service\": \"s3.amazonaws.com\"})`",
            )
            .refuses(PRINCIPAL, of(json!({})))
            .refuses(PRINCIPAL, of(json!({"Account": "123456789012"})))
            .refuses(PRINCIPAL, of(json!(["*"])))
            .takes(of(json!("*")))
            .takes(of(json!({"AWS": ["123456789012", "arn:aws:iam::123456789012:root"], "Service": "events.amazonaws.com"}))),
        // The same rules as those of a role.
        rule("iam::no_action")
            .refuses("resources.jobs.policyStatements[0].Action", letting(PolicyStatement::deny([""; 0], "*")))
            .takes(of(json!("*"))),
        rule("iam::action")
            .refuses("resources.jobs.policyStatements[0].Action[0]", letting(PolicyStatement::allow(["SendMessage"], "*")))
            .takes(of(json!("*"))),
        rule("iam::condition")
            .refuses(
                "resources.jobs.policyStatements[0].Condition",
                letting(PolicyStatement::allow(["sqs:SendMessage"], "*").condition("aws:SourceAccount")),
            )
            .takes(letting(
                PolicyStatement::allow(["sqs:SendMessage"], "*").condition(json!({"StringEquals": {"aws:SourceAccount": "123456789012"}})),
            )),
    ]
}

fn of_several() -> Vec<Rule> {
    const TARGET: &str = "resources.jobs.redrivePolicy.targetSqsQueueName";
    const TARGET_ARN: &str = "resources.jobs.redrivePolicy.targetSqsQueueArn";
    vec![
        rule("redrive::fifo_mismatch")
            .refuses(TARGET, chain([("jobs", "failed", true), ("failed", "", false)]))
            .saying(
                "found a redrive from `jobs`, whose `fifoEnabled` is true, to a queue of the other kind, expected both FIFO or neither",
                "set `.fifo_enabled(..)` of both queues to the same",
            )
            .refuses(TARGET, chain([("jobs", "failed", false), ("failed", "", true)]))
            .refuses(TARGET_ARN, to_arn("arn:aws:sqs:eu-west-1:123456789012:failed.fifo", 3))
            .refuses(TARGET_ARN, stack([queue().redrive_policy(RedrivePolicy::to_arn(failed(true).arn(), 3)).build(), failed(true)]))
            .takes(chain([("jobs", "failed", true), ("failed", "", true)]))
            .takes(chain([("jobs", "failed", false), ("failed", "", false)])),
        rule("redrive::circle")
            .refuses(TARGET, chain([("jobs", "jobs", false)]))
            .saying("found the circle of queues `jobs`, expected one at the end that hands nothing on", "remove one `.redrive_policy(..)`")
            .refuses(TARGET, chain([("jobs", "more", false), ("more", "last", false), ("last2", "jobs", false), ("last", "jobs", false)]))
            .saying(
                "found the circle of queues `jobs` -> `more` -> `last`, expected one at the end that hands nothing on",
                "remove one `.redrive_policy(..)`",
            )
            .refuses(TARGET_ARN, one(queue().redrive_policy(RedrivePolicy::to_arn(queue().build().arn(), 3))))
            // Two may hand on to one.
            .takes(chain([("jobs", "more", false), ("other", "more", false), ("more", "last", false), ("last", "", false)])),
    ]
}
