//! Rules of `EventBridge`: what they send, and to whom.

use stacktape_model::event_bus::{BusRef, EventBusEvent, EventBusParam, EventInput};
use stacktape_model::stack::ValidStack;

use crate::cfn::events::rule::{self, DeadLetterConfig, InputTransformer, SqsParameters, Target};
use crate::cfn::{Node, PropertyType, Value, events};
use crate::lower::{event_bus, expression, sqs_queue, text};
use crate::plan::Plan;

/// The rule of an event of a bus.
pub(super) fn of_bus(event: &EventBusEvent, target: Target, plan: &Plan<'_>) -> events::Rule {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let EventBusEvent { bus, event_pattern, input, on_delivery_failure, message_group_id, origin: _ } = event;
    let bus = match bus {
        BusRef::Named(bus) => Some(event_bus::param(&bus.name, EventBusParam::Arn)),
        BusRef::Arn(arn) => Some(text::lower(arn, plan.stack)),
        BusRef::Default => None,
    };
    let failed = on_delivery_failure.as_ref().map(|queue| DeadLetterConfig::new().arn(sqs_queue::arn(queue, plan.stack)));
    let target = with_input(target, input, plan.stack)
        .set_some(failed, Target::dead_letter_config)
        .set_some(message_group_id.clone().map(SqsParameters::new), Target::sqs_parameters);
    matching(expression::lower(event_pattern, plan.stack), target, plan).set_some(bus, events::Rule::event_bus_name)
}

/// A rule of the default bus for the events that match a pattern.
pub(super) fn matching(pattern: Node, target: Target, plan: &Plan<'_>) -> events::Rule {
    events::Rule::new().event_pattern(Value::from_node(pattern)).state(rule::State::Enabled).targets(vec![target]).tags(plan.tags.list())
}

/// What a target is sent.
pub(super) fn with_input(target: Target, input: &EventInput, stack: &ValidStack) -> Target {
    match input {
        EventInput::Whole => target,
        EventInput::Fixed(input) => target.input(expression::stringified(input, stack)),
        EventInput::Path(path) => target.input_path(path.clone()),
        EventInput::Transformer { paths, template } => {
            let paths = paths.iter().map(|(name, path)| (name.clone(), Node::Text(path.clone().into())));
            let transformer = InputTransformer::new(template.clone());
            target.input_transformer(transformer.input_paths_map(Value::from_node(Node::object(paths))))
        }
    }
}
