//! Events of a bus become rules that send to a queue.

use stacktape_model::sqs_queue::{QueueEvent, SqsQueue, SqsQueueParam};

use crate::cfn::events::rule;
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{event_rule, once_each, sqs_queue};
use crate::plan::Plan;

/// A rule for each event, once.
pub(super) fn lower(queue: &SqsQueue, plan: &Plan<'_>, fragment: &mut Fragment) {
    for QueueEvent::EventBus(event) in &once_each(queue.events()) {
        let target = rule::Target::new(sqs_queue::param(queue.name(), SqsQueueParam::Arn), "queue");
        fragment.add(&logical_id::event_rule(queue.name(), event), event_rule::of_bus(event, target, plan));
    }
}
