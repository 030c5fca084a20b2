//! Which rules of buses send to which queue: its events, and what could not be delivered elsewhere.

use stacktape_model::event_bus::QueueRef;
use stacktape_model::sqs_queue::SqsQueue;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::{Table, sort_by};

use crate::cfn::{Id, events};
use crate::logical_id;

/// The rules that send to each queue of the stack, each once.
pub(super) fn rules(stack: &ValidStack) -> Table<&str, Vec<Id<events::Rule>>> {
    let mut rules: Table<&str, Vec<_>> = Table::new();
    for queue in stack.all::<SqsQueue>() {
        for event in queue.events() {
            let rule = logical_id::event_rule(queue.name(), event);
            let failed = event.on_delivery_failure.as_ref().and_then(|failed| match failed {
                QueueRef::Named(failed) => Some(failed.name.as_str()),
                QueueRef::Arn(_) => None,
            });
            for queue in std::iter::once(queue.name()).chain(failed) {
                let rules = rules.entry(queue).or_default();
                if !rules.contains(&rule) {
                    rules.push(rule.clone());
                }
            }
        }
    }
    // In whatever order the events are written.
    for rules in rules.values_mut() {
        sort_by(rules, |one, other| one.logical_id().cmp(other.logical_id()));
    }
    rules
}
