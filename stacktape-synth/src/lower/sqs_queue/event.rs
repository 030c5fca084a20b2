//! Events of a bus become rules that send to a queue.

use stacktape_model::event_bus::{BusRef, EventBusEvent, EventBusParam, QueueRef};
use stacktape_model::sqs_queue::{SqsQueue, SqsQueueParam};

use crate::cfn::events::{self, rule};
use crate::cfn::{PropertyType, Value};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{event_bus, event_rule, expression, once_each, sqs_queue, text};
use crate::plan::Plan;

/// A rule for each event, once.
pub(super) fn lower(queue: &SqsQueue, plan: &Plan<'_>, fragment: &mut Fragment) {
    for event in once_each(queue.events()) {
        // No `..`: a new field of the model must not compile until it is lowered here.
        let EventBusEvent { bus, event_pattern, input, on_delivery_failure, message_group_id } = &event;
        let bus = match bus {
            BusRef::Named(bus) => Some(event_bus::param(&bus.name, EventBusParam::Arn)),
            BusRef::Arn(arn) => Some(text::lower(arn, plan.stack)),
            BusRef::Default => None,
        };
        let target = rule::Target::new(sqs_queue::param(queue.name(), SqsQueueParam::Arn), "queue");
        let target = event_rule::with_input(target, input, plan.stack);
        let failed = on_delivery_failure.as_ref().map(|queue| match queue {
            QueueRef::Named(queue) => sqs_queue::param(&queue.name, SqsQueueParam::Arn),
            QueueRef::Arn(arn) => text::lower(arn, plan.stack),
        });
        let target = target
            .set_some(failed.map(|arn| rule::DeadLetterConfig::new().arn(arn)), rule::Target::dead_letter_config)
            .set_some(message_group_id.clone().map(rule::SqsParameters::new), rule::Target::sqs_parameters);
        let resource = events::Rule::new()
            .set_some(bus, events::Rule::event_bus_name)
            .event_pattern(Value::from_node(expression::lower(event_pattern, plan.stack)))
            .state(rule::State::Enabled)
            .targets(vec![target])
            .tags(plan.tags.list());
        fragment.add(&logical_id::event_rule(queue.name(), &event), resource);
    }
}
