//! A typed property value: a literal of the right type, or an intrinsic function that yields one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_json::Value as Json;

use super::node::{AssetHole, Key, Node, Pseudo};

/// What a property of type `T` can hold.
pub struct Value<T: ?Sized> {
    pub(super) node: Node,
    of: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Value<T> {
    /// A value from a node that is known to fit.
    pub const fn from_node(node: Node) -> Self {
        Self { node, of: PhantomData }
    }

    /// The node below the type.
    pub fn into_node(self) -> Node {
        self.node
    }

    /// The node below the type.
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// The same value as another type; CloudFormation converts between strings, numbers and booleans.
    pub fn cast<U: ?Sized>(self) -> Value<U> {
        Value::from_node(self.node)
    }
}

impl<T: ?Sized> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::from_node(self.node.clone())
    }
}

impl<T: ?Sized> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl<T: ?Sized> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: ?Sized> From<Pseudo> for Value<T> {
    fn from(pseudo: Pseudo) -> Self {
        Self::from_node(Node::Pseudo(pseudo))
    }
}

impl From<&'static str> for Value<String> {
    fn from(text: &'static str) -> Self {
        Self::from_node(Node::literal(text))
    }
}

impl From<String> for Value<String> {
    fn from(text: String) -> Self {
        Self::from_node(Node::Text(text.into()))
    }
}

impl From<Cow<'static, str>> for Value<String> {
    fn from(text: Cow<'static, str>) -> Self {
        Self::from_node(Node::Text(text))
    }
}

impl From<AssetHole> for Value<String> {
    fn from(hole: AssetHole) -> Self {
        Self::from_node(Node::Asset(hole))
    }
}

impl From<bool> for Value<bool> {
    fn from(value: bool) -> Self {
        Self::from_node(Node::Bool(value))
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Value<i64> {
            fn from(value: $integer) -> Self {
                Self::from_node(Node::Integer(value.into()))
            }
        }
    )*};
}
integers!(i64, i32, u32, u16, u8);

impl From<f64> for Value<f64> {
    fn from(value: f64) -> Self {
        Self::from_node(number(value))
    }
}

impl From<i32> for Value<f64> {
    fn from(value: i32) -> Self {
        Self::from_node(Node::Integer(value.into()))
    }
}

/// Whole floats print without `.0`, as CloudFormation's own examples do.
fn number(value: f64) -> Node {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[allow(clippy::cast_possible_truncation)] // whole and below 2^53
        Node::Integer(value as i64)
    } else {
        Node::Float(value)
    }
}

impl From<Json> for Value<Json> {
    fn from(json: Json) -> Self {
        Self::from_node(json.into())
    }
}

// Loops, since the compiler writes these for every type of item, and adapters would be written with them. An iterator by value is
// half a dozen functions for each type, so items are taken from the end.
impl<T, V: Into<Value<T>>> From<Vec<V>> for Value<Vec<T>> {
    fn from(mut items: Vec<V>) -> Self {
        let mut nodes = Vec::with_capacity(items.len());
        while let Some(item) = items.pop() {
            nodes.push(item.into().node);
        }
        nodes.reverse();
        Self::from_node(Node::List(nodes.into()))
    }
}

impl<T, V: Into<Value<T>>, const N: usize> From<[V; N]> for Value<Vec<T>> {
    fn from(items: [V; N]) -> Self {
        let mut nodes = Vec::with_capacity(N);
        for item in items {
            nodes.push(item.into().into_node());
        }
        Self::from_node(Node::List(nodes.into()))
    }
}

impl<T, K: Into<Key>, V: Into<Value<T>>> From<BTreeMap<K, V>> for Value<BTreeMap<String, T>> {
    fn from(entries: BTreeMap<K, V>) -> Self {
        Self::from_node(Node::object(entries.into_iter().map(|(key, value)| (key, value.into().into_node()))))
    }
}

impl<T, K: Into<Key>, V: Into<Value<T>>, const N: usize> From<[(K, V); N]> for Value<BTreeMap<String, T>> {
    fn from(entries: [(K, V); N]) -> Self {
        Self::from_node(Node::object(entries.into_iter().map(|(key, value)| (key, value.into().into_node()))))
    }
}

/// `Fn::Sub` over pseudo parameters and logical ids only.
pub fn sub(text: impl Into<Key>) -> Value<String> {
    sub_with(text, [])
}

/// `Fn::Sub` with variables of its own.
pub fn sub_with(text: impl Into<Key>, variables: impl IntoIterator<Item = (&'static str, Value<String>)>) -> Value<String> {
    let mut variables = variables.into_iter().map(|(key, value)| (Key::Borrowed(key), value.into_node())).collect();
    super::node::sort_entries(&mut variables);
    Value::from_node(Node::Sub(text.into(), variables))
}

/// Escapes a literal for the text of an `Fn::Sub`, where `${` would begin a placeholder.
pub fn sub_literal(text: &str) -> String {
    text.replace("${", "${!")
}

/// Texts one after the other: one `Fn::Sub` where every part is a literal or a reference, else an `Fn::Join`.
pub fn concat(parts: impl IntoIterator<Item = Value<String>>) -> Value<String> {
    let mut joined = Vec::new();
    for part in parts {
        push_joined(&mut joined, part.node);
    }
    Value::from_node(concat_joined(joined))
}

/// Makes literals beside each other one: `$` and `{a}` would escape nothing each for itself, and together begin a placeholder.
fn push_joined(joined: &mut Vec<Node>, part: Node) {
    match (joined.last_mut(), part) {
        (Some(Node::Text(before)), Node::Text(text)) => before.to_mut().push_str(&text),
        (_, part) => joined.push(part),
    }
}

fn concat_joined(parts: Vec<Node>) -> Node {
    match parts.as_slice() {
        [] => return Node::literal(""),
        [Node::Text(text)] => return Node::Text(text.clone()),
        _ => {}
    }
    let placeholders: Option<Vec<String>> = parts.iter().map(in_sub).collect();
    match placeholders {
        Some(placeholders) => Node::Sub(placeholders.concat().into(), Vec::new()),
        None => join_nodes("", Node::list(parts)),
    }
}

/// How a part is written inside the text of an `Fn::Sub`.
fn in_sub(part: &Node) -> Option<String> {
    match part {
        Node::Text(text) => Some(sub_literal(text)),
        Node::Ref(id) => Some(format!("${{{id}}}")),
        Node::GetAtt(id, attribute) => Some(format!("${{{id}.{attribute}}}")),
        Node::Pseudo(pseudo) => Some(format!("${{{}}}", pseudo.as_str())),
        _ => None,
    }
}

/// `Fn::Join`.
pub fn join(delimiter: &'static str, parts: impl IntoIterator<Item = Value<String>>) -> Value<String> {
    Value::from_node(join_nodes(delimiter, Node::list(parts.into_iter().map(Value::into_node))))
}

fn join_nodes(delimiter: &'static str, parts: Node) -> Node {
    Node::Function("Fn::Join", Box::new(Node::list([Node::literal(delimiter), parts])))
}

/// `Fn::Select` from a list that only CloudFormation knows.
pub fn select<T>(index: u8, list: Value<Vec<T>>) -> Value<T> {
    Value::from_node(Node::Function("Fn::Select", Box::new(Node::list([Node::Integer(index.into()), list.into_node()]))))
}

/// `Fn::Split`: a text as a list.
pub fn split(delimiter: &'static str, text: Value<String>) -> Value<Vec<String>> {
    Value::from_node(Node::Function("Fn::Split", Box::new(Node::list([Node::literal(delimiter), text.into_node()]))))
}

/// `Fn::ImportValue`: what another stack exports by this name.
pub fn import(name: impl Into<Value<String>>) -> Value<String> {
    Value::from_node(Node::Function("Fn::ImportValue", Box::new(name.into().into_node())))
}

/// `Fn::GetAZs` of the stack's own region.
pub fn get_azs() -> Value<Vec<String>> {
    Value::from_node(Node::Function("Fn::GetAZs", Box::new(Node::literal(""))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print<T>(value: impl Into<Value<T>>) -> String {
        serde_json::to_string(value.into().node()).expect("no holes")
    }

    #[test]
    fn literals_and_intrinsics_print_as_cloudformation_reads_them() {
        assert_eq!(print::<Vec<String>>(["a", "b"]), r#"["a","b"]"#);
        assert_eq!(print::<Vec<String>>(vec![Value::from("a"), Pseudo::Region.into()]), r#"["a",{"Ref":"AWS::Region"}]"#);
        assert_eq!(print::<BTreeMap<String, i64>>([("b", 1), ("a", 2)]), r#"{"a":2,"b":1}"#);
        assert_eq!(print::<f64>(80.0), "80");
        assert_eq!(print::<f64>(0.5), "0.5");
        assert_eq!(print::<String>(select(1, get_azs())), r#"{"Fn::Select":[1,{"Fn::GetAZs":""}]}"#);
        assert_eq!(print::<String>(sub_with("${x}/*", [("x", "a".into())])), r#"{"Fn::Sub":["${x}/*",{"x":"a"}]}"#);
        assert_eq!(sub_literal("a${b}"), "a${!b}");
        assert_eq!(print(concat(["a$".into(), "{b}".into(), Pseudo::Region.into()])), r#"{"Fn::Sub":"a${!b}${AWS::Region}"}"#);
        assert_eq!(print(concat(["a$".into(), "{b}".into()])), r#""a${b}""#);
        assert_eq!(
            print::<String>(select(1, split(",", import("a-VpcId")))),
            r#"{"Fn::Select":[1,{"Fn::Split":[",",{"Fn::ImportValue":"a-VpcId"}]}]}"#
        );
        let id = crate::cfn::Id::<crate::cfn::s3::Bucket>::new("B");
        assert_eq!(print::<String>(concat([id.att_arn(), "/${x}*".into()])), r#"{"Fn::Sub":"${B.Arn}/${!x}*"}"#);
        assert_eq!(print::<String>(concat(["a".into(), "b".into()])), r#""ab""#);
        assert_eq!(
            print::<String>(concat(["a".into(), select(0, get_azs().cast())])),
            r#"{"Fn::Join":["",["a",{"Fn::Select":[0,{"Fn::GetAZs":""}]}]]}"#
        );
    }
}
