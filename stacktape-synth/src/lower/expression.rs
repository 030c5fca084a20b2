//! Values that the user wrote: JSON with texts that only the deployment knows.

use serde_json::Value as Json;
use stacktape_model::expression::Expression;
use stacktape_model::stack::ValidStack;

use crate::cfn::{Node, Value, concat};
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

/// The value as the text of its JSON, for properties that take JSON as a text.
pub(crate) fn stringified(expression: &Expression, stack: &ValidStack) -> Value<String> {
    let mut parts = Vec::new();
    stringify(expression, stack, &mut parts);
    concat(parts)
}

fn stringify(expression: &Expression, stack: &ValidStack, parts: &mut Vec<Value<String>>) {
    match expression {
        Expression::Text(text) if text.as_literal().is_none() => parts.extend(["\"".into(), text::lower(text, stack), "\"".into()]),
        Expression::Null | Expression::Bool(_) | Expression::Number(_) | Expression::Text(_) => {
            parts.push(serde_json::json!(expression).to_string().into());
        }
        Expression::List(items) => {
            parts.push("[".into());
            for (index, item) in items.iter().enumerate() {
                parts.extend((index > 0).then(|| ",".into()));
                stringify(item, stack, parts);
            }
            parts.push("]".into());
        }
        // An intrinsic function gives a text.
        Expression::Map(_) if expression.is_intrinsic() => {
            parts.extend(["\"".into(), Value::from_node(lower(expression, stack)), "\"".into()]);
        }
        Expression::Map(entries) => {
            parts.push("{".into());
            for (index, (key, value)) in entries.iter().enumerate() {
                parts.extend((index > 0).then(|| ",".into()));
                parts.extend([Json::from(key.as_str()).to_string().into(), ":".into()]);
                stringify(value, stack, parts);
            }
            parts.push("}".into());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use stacktape_model::stack::Stack;
    use stacktape_model::text::{Fact, Text};

    use super::*;

    #[test]
    fn json_as_a_text_keeps_what_only_the_deployment_knows() {
        let stack = Stack::new("shop", "dev").validate().expect("an empty stack is valid");
        let print = |json: Json| serde_json::to_value(stringified(&Expression::from(json), &stack).node()).expect("no holes");
        let literal = json!({"a": [1, 0.5, true, null, "x \"y\" ${z}"]});
        assert_eq!(print(literal.clone()), json!(literal.to_string()));
        let text = Text::joined(["in ".into(), Fact::Region.into()]);
        let mixed = Expression::map([("a", Expression::List(vec![text.into(), "${b}".into()]))]);
        let printed = serde_json::to_value(stringified(&mixed, &stack).node()).expect("no holes");
        let parts = json!(["{\"a\":[\"", {"Fn::Sub": "in ${AWS::Region}"}, "\",\"${b}\"]}"]);
        assert_eq!(printed, json!({"Fn::Join": ["", parts]}));
        let function = json!({"a": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}});
        let joined = json!({"Fn::Join": ["", ["{\"a\":\"", {"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "\"}"]]});
        assert_eq!(print(function), joined);
    }
}
