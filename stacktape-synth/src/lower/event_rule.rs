//! Rules of `EventBridge`: what they send, and to whom.

use stacktape_model::event_bus::EventInput;
use stacktape_model::stack::ValidStack;

use crate::cfn::events::rule::{InputTransformer, Target};
use crate::cfn::{Node, Value};
use crate::lower::expression;

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
