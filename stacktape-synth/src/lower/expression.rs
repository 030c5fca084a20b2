//! Values that the user wrote: JSON with texts that only the deployment knows.

use stacktape_model::expression::Expression;
use stacktape_model::stack::ValidStack;

use crate::cfn::Node;
use crate::lower::text;

/// The node for a value; a map with the key of an intrinsic function is that function.
pub(crate) fn lower(expression: &Expression, stack: &ValidStack) -> Node {
    match expression {
        Expression::Null => Node::Null,
        Expression::Bool(value) => Node::Bool(*value),
        Expression::Number(number) => Node::from(serde_json::Value::Number(number.clone())),
        Expression::Text(text) => text::lower(text, stack).into_node(),
        Expression::List(items) => Node::list(items.iter().map(|item| lower(item, stack))),
        Expression::Map(entries) => Node::map(entries.iter().map(|(key, value)| (key.clone(), lower(value, stack)))),
    }
}
