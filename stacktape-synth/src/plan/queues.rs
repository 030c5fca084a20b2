//! Who sends to which queue in AWS's name: rules of buses to the queues of their events, and rules and topics to those that keep what could
//! not be delivered.

use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::function::{Function, FunctionEvent};
use stacktape_model::sqs_queue::{QueueEvent, QueueRef, SqsQueue};
use stacktape_model::stack::ValidStack;
use stacktape_model::table::{Table, sort_by};

use crate::cfn::{Id, Value, events};
use crate::logical_id;
use crate::lower::topic_arn;

/// What sends to a queue, each once, in whatever order the events are written.
#[derive(Default)]
pub(crate) struct Senders {
    /// Rules of buses.
    pub(crate) rules: Vec<Id<events::Rule>>,
    /// The ARNs of topics, each behind how it is written.
    topics: Vec<(String, Value<String>)>,
}

impl Senders {
    /// The ARNs of topics.
    pub(crate) fn topics(&self) -> impl ExactSizeIterator<Item = Value<String>> {
        self.topics.iter().map(|(_, arn)| arn.clone())
    }
}

/// What sends to each queue of the stack.
pub(super) fn senders(stack: &ValidStack) -> Table<&str, Senders> {
    let mut senders: Table<&str, Senders> = Table::new();
    for queue in stack.all::<SqsQueue>() {
        for QueueEvent::EventBus(event) in queue.events() {
            let rule = logical_id::event_rule(queue.name(), event);
            for queue in std::iter::once(queue.name()).chain(failure_queue(event)) {
                add_rule(senders.entry(queue).or_default(), &rule);
            }
        }
    }
    for function in stack.all::<Function>() {
        for event in function.events() {
            match event {
                FunctionEvent::EventBus(event) => {
                    if let Some(queue) = failure_queue(event) {
                        add_rule(senders.entry(queue).or_default(), &logical_id::event_rule(function.name(), event));
                    }
                }
                FunctionEvent::Sns(event) => {
                    let Some(queue) = event.on_delivery_failure.as_ref().and_then(QueueRef::in_stack) else { continue };
                    let arn = topic_arn(&event.topic, stack);
                    let topics = &mut senders.entry(queue).or_default().topics;
                    if topics.iter().all(|(_, other)| *other != arn) {
                        topics.push((logical_id::topic_key(&event.topic).to_string(), arn));
                    }
                }
                _ => {}
            }
        }
    }
    for Senders { rules, topics } in senders.values_mut() {
        sort_by(rules, |one, other| one.logical_id().cmp(other.logical_id()));
        sort_by(topics, |(one, _), (other, _)| one.cmp(other));
    }
    senders
}

fn add_rule(senders: &mut Senders, rule: &Id<events::Rule>) {
    if !senders.rules.contains(rule) {
        senders.rules.push(rule.clone());
    }
}

fn failure_queue(event: &EventBusEvent) -> Option<&str> {
    event.on_delivery_failure.as_ref().and_then(QueueRef::in_stack)
}
