//! Queues.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::json;

use super::function_event::input;
use super::raw_resource::{Role, override_of};
use super::removal_policy;
use super::surroundings::{Later, Surroundings, pick};
use crate::event_bus::{EventBus, EventBusEvent};
use crate::iam::{Effect, PolicyStatement};
use crate::resource::ResourceType;
use crate::sqs_queue::{QueueRef, RedrivePolicy, SqsQueue};
use crate::text::Text;

/// Queues with any of their properties, and events of buses that are around. Messages that nobody could handle go to a queue that is around, or to one outside. Shrinks
/// to a queue without any.
pub fn sqs_queue(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<SqsQueue> {
    let (name, around) = (name.into(), around.clone());
    sqs_queue_later().prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// A queue that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> SqsQueue>;

const OVERRIDES: &[(&str, &str, &str)] = &[("Queue", "KmsDataKeyReusePeriodSeconds", "300"), ("Queue", "SqsManagedSseEnabled", "true")];

pub(super) fn sqs_queue_later() -> BoxedStrategy<Later<Named>> {
    let times = (
        option::of(0..=900_u32),
        option::of(60..=1_209_600_u32),
        option::of(0..=20_u32),
        option::of(0..=43_200_u32),
        option::of(1024..=262_144_u32),
    );
    let redrive = option::of((any::<Index>(), any::<bool>(), 1..=1000_u32));
    let lists = (vec(policy_statement(), 0..3), vec(event_bus_event_later(), 0..3));
    (times, any::<[bool; 3]>(), redrive, lists, (removal_policy(), override_of(OVERRIDES)))
        .prop_map(
            |(
                (delay, retention, polling, visibility, size),
                [fifo, high, by_content],
                redrive,
                (statements, events),
                (removal, overrides),
            )| {
                Later::new(move |around| {
                    let mut queue = SqsQueue::builder("")
                        .fifo_enabled(fifo)
                        .fifo_high_throughput(fifo && high)
                        .content_based_deduplication(fifo && by_content)
                        .events(events.iter().map(|event| event.within(around)(fifo)))
                        .policy_statements(statements.clone())
                        .removal_policy(removal)
                        .build();
                    queue.delay_messages_second = delay;
                    queue.message_retention_period_seconds = retention;
                    queue.long_polling_seconds = polling;
                    queue.visibility_timeout_seconds = visibility;
                    queue.max_message_size_bytes = size;
                    queue.redrive_policy = redrive.map(|(index, by_arn, count)| redrive_to(around, fifo, (index, by_arn), count));
                    named(queue, overrides.clone())
                })
            },
        )
        .boxed()
}

fn named(queue: SqsQueue, overrides: Vec<Role>) -> Named {
    Box::new(move |name| SqsQueue {
        name: name.to_owned(),
        overrides: overrides.iter().map(|role| role.of(name)).collect(),
        ..queue.clone()
    })
}

/// To a queue that is around and FIFO as well or not either; else to one outside.
fn redrive_to(around: &Surroundings, fifo: bool, (index, by_arn): (Index, bool), count: u32) -> RedrivePolicy {
    let queues: Vec<_> = around.resources.iter().filter_map(SqsQueue::of).filter(|queue| queue.is_fifo() == fifo).collect();
    match pick(index, &queues) {
        Some(queue) if by_arn => RedrivePolicy::to_arn(queue.arn(), count),
        Some(queue) => RedrivePolicy::to(queue, count),
        None if fifo => RedrivePolicy::to_arn("arn:aws:sqs:us-east-1:123456789012:failed.fifo", count),
        None => RedrivePolicy::to_arn(Text::joined(["arn:aws:sqs:us-east-1:123456789012:".into(), "failed".into()]), count),
    }
}

/// Which queue is for what could not be delivered, and whether it is given by its ARN.
pub(super) type Failed = Option<(Index, bool)>;

pub(super) fn failed() -> impl Strategy<Value = Failed> {
    option::of(any::<(Index, bool)>())
}

/// The queue for what could not be delivered: of the stack, or another one.
#[track_caller]
pub(super) fn failure_queue(which: Failed, around: &Surroundings) -> Option<QueueRef> {
    let (index, by_arn) = which?;
    let queues: Vec<_> = around.resources.iter().filter_map(SqsQueue::of).filter(|queue| !queue.is_fifo()).collect();
    Some(match pick(index, &queues) {
        Some(queue) if by_arn => QueueRef::Arn(queue.arn()),
        Some(queue) => QueueRef::of(queue),
        None => QueueRef::Arn("arn:aws:sqs:us-east-1:123456789012:undelivered".into()),
    })
}

/// An event that waits for its surroundings, and then for whether its queue is FIFO.
pub(super) type Received = Box<dyn Fn(bool) -> EventBusEvent>;

pub(super) fn event_bus_event_later() -> BoxedStrategy<Later<Received>> {
    let pattern = select(vec![
        json!({"source": ["my.shop"]}),
        json!({"detail-type": ["OrderPlaced", {"prefix": "Order"}], "detail": {"state": ["paid"], "total": [{"numeric": [">", 100]}]}}),
        json!({"$or": [{"account": ["123456789012"]}, {"region": [{"exists": false}]}]}),
    ]);
    (option::of(any::<Index>()), any::<bool>(), pattern, input(), failed())
        .prop_map(|(bus, outside, pattern, input, failure)| {
            Later::new(move |around| {
                let buses: Vec<_> = around.resources.iter().filter_map(EventBus::of).collect();
                let event = match bus.and_then(|index| pick(index, &buses)) {
                    Some(bus) => EventBusEvent::new(bus, pattern.clone()),
                    None if outside => EventBusEvent::of_arn("arn:aws:events:us-east-1:123456789012:event-bus/shared", pattern.clone()),
                    None => EventBusEvent::of_default_bus(pattern.clone()),
                };
                let event = EventBusEvent { input: input.clone(), on_delivery_failure: failure_queue(failure, around), ..event };
                let made: Received = Box::new(move |fifo| if fifo { event.clone().message_group_id("orders") } else { event.clone() });
                made
            })
        })
        .boxed()
}

/// Statements of a queue's own policy, of both effects, with and without a condition.
pub fn policy_statement() -> impl Strategy<Value = PolicyStatement> {
    let actions = subsequence(&["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:*"][..], 1..=2);
    let principal = select(vec![json!("*"), json!({"AWS": ["123456789012", "210987654321"]}), json!({"Service": "s3.amazonaws.com"})]);
    let condition = option::of(Just(json!({"StringEquals": {"aws:SourceAccount": "123456789012"}})));
    (any::<bool>(), actions, principal, condition).prop_map(|(denied, actions, principal, condition)| {
        let statement = PolicyStatement::allow(actions, principal);
        let statement = PolicyStatement { effect: if denied { Effect::Deny } else { Effect::Allow }, ..statement };
        match condition {
            Some(condition) => statement.condition(condition),
            None => statement,
        }
    })
}
