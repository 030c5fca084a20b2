//! The untyped tree below every typed property: literals, intrinsic functions and asset holes.
//!
//! Everything that a template contains is a [`Node`]. Typed code builds nodes through
//! [`Value`](super::Value) and the generated types; raw JSON of a user is read into the same tree, so
//! that one walk finds every reference, whoever wrote it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value as Json;

use stacktape_model::table::sort_by;

use super::id::LogicalId;

/// A key of an object, static wherever the generator wrote it.
pub type Key = Cow<'static, str>;

/// A piece of a CloudFormation template.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// JSON `null`. CloudFormation refuses it almost everywhere; only raw JSON can bring one in.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(Key),
    /// A list, in the order that was given. Cheap to clone, since every resource carries the list of the stack's tags.
    List(Arc<[Node]>),
    /// An object. Keys are sorted when it is made by [`Node::object`].
    Object(Vec<(Key, Node)>),
    /// `{"Ref": id}`.
    Ref(LogicalId),
    /// `{"Fn::GetAtt": [id, attribute]}`.
    GetAtt(LogicalId, Key),
    /// `{"Ref": "AWS::…"}`.
    Pseudo(Pseudo),
    /// `{"Fn::Sub": text}` or, with variables, `{"Fn::Sub": [text, {..}]}`.
    Sub(Key, Vec<(Key, Node)>),
    /// Any other intrinsic function with its argument.
    Function(&'static str, Box<Node>),
    /// A value that is known only once an asset has been hashed; filled when the template is rendered.
    Asset(AssetHole),
}

/// A pseudo parameter of CloudFormation.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pseudo {
    /// The account that the stack is deployed to.
    AccountId,
    /// Removes the property that it stands for.
    NoValue,
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    Partition,
    /// The region that the stack is deployed to.
    Region,
    /// The ARN of the stack.
    StackId,
    /// The name of the stack.
    StackName,
    /// `amazonaws.com`, or `amazonaws.com.cn` in China.
    UrlSuffix,
}

impl Pseudo {
    /// The name as `Ref` takes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccountId => "AWS::AccountId",
            Self::NoValue => "AWS::NoValue",
            Self::Partition => "AWS::Partition",
            Self::Region => "AWS::Region",
            Self::StackId => "AWS::StackId",
            Self::StackName => "AWS::StackName",
            Self::UrlSuffix => "AWS::URLSuffix",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::AccountId, Self::NoValue, Self::Partition, Self::Region, Self::StackId, Self::StackName, Self::UrlSuffix]
            .into_iter()
            .find(|pseudo| pseudo.as_str() == name)
    }
}

/// Which late value of which asset belongs in a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssetHole {
    /// The URI of a container image that is built from the asset with this key.
    ImageUri(AssetKey),
    /// The bucket in which the file with this key lies.
    FileBucket(AssetKey),
    /// The key of the file with this key in its bucket.
    FileObjectKey(AssetKey),
    /// What Lambda calls in the file with this key, where its sources alone tell.
    FileHandler(AssetKey),
}

impl AssetHole {
    /// Which asset fills it.
    pub fn key(&self) -> &AssetKey {
        match self {
            Self::ImageUri(key) | Self::FileBucket(key) | Self::FileObjectKey(key) | Self::FileHandler(key) => key,
        }
    }
}

/// Names an asset inside one synthesis, before its content is known: the path of what asked for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssetKey(Arc<str>);

impl AssetKey {
    /// A key from the path of the configuration that asks for the asset.
    pub(crate) fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something that a template points at by logical id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The logical id.
    pub id: &'a str,
    /// The attribute, where the reference is a `GetAtt` or a `${Id.Attribute}`.
    pub attribute: Option<&'a str>,
}

impl Node {
    /// A text that the program holds for ever.
    pub const fn literal(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// The text, where the node is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(items.into_iter().collect())
    }

    /// An object with sorted keys; of a key given twice, the later value stays.
    pub fn object<K: Into<Key>>(entries: impl IntoIterator<Item = (K, Node)>) -> Self {
        let mut entries: Vec<(Key, Node)> = entries.into_iter().map(|(key, node)| (key.into(), node)).collect();
        sort_entries(&mut entries);
        Self::Object(entries)
    }

    /// An object that somebody wrote: where its only key is that of an intrinsic function, it is this function.
    pub fn map<K: Into<Key>>(entries: impl IntoIterator<Item = (K, Node)>) -> Self {
        let object = Self::object(entries);
        let Self::Object(entries) = &object else { return object };
        match entries.as_slice() {
            [(key, argument)] => intrinsic(key, argument).unwrap_or(object),
            _ => object,
        }
    }

    /// Calls `found` with every reference below this node, pseudo parameters left out.
    pub fn visit_references<'a>(&'a self, found: &mut dyn FnMut(Reference<'a>)) {
        match self {
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Float(_) | Self::Text(_) | Self::Pseudo(_) | Self::Asset(_) => {}
            Self::List(items) => items.iter().for_each(|item| item.visit_references(found)),
            Self::Object(entries) => entries.iter().for_each(|(_, node)| node.visit_references(found)),
            Self::Ref(id) => found(Reference { id: id.as_str(), attribute: None }),
            Self::GetAtt(id, attribute) => found(Reference { id: id.as_str(), attribute: Some(attribute) }),
            Self::Sub(text, variables) => {
                for name in placeholders(text) {
                    if name.starts_with("AWS::") || variables.iter().any(|(key, _)| key == name) {
                        continue;
                    }
                    match name.split_once('.') {
                        Some((id, attribute)) => found(Reference { id, attribute: Some(attribute) }),
                        None => found(Reference { id: name, attribute: None }),
                    }
                }
                for (_, node) in variables {
                    node.visit_references(found);
                }
            }
            Self::Function(_, argument) => argument.visit_references(found),
        }
    }

    /// Calls `found` with every asset hole below this node.
    pub fn visit_assets<'a>(&'a self, found: &mut dyn FnMut(&'a AssetHole)) {
        match self {
            Self::Asset(hole) => found(hole),
            Self::List(items) => items.iter().for_each(|item| item.visit_assets(found)),
            Self::Object(entries) | Self::Sub(_, entries) => entries.iter().for_each(|(_, node)| node.visit_assets(found)),
            Self::Function(_, argument) => argument.visit_assets(found),
            _ => {}
        }
    }

    fn has_assets(&self) -> bool {
        let mut has = false;
        self.visit_assets(&mut |_| has = true);
        has
    }

    /// The same tree with every asset hole replaced by what `fill` says.
    pub fn fill_assets(&mut self, fill: &dyn Fn(&AssetHole) -> Node) {
        match self {
            Self::Asset(hole) => *self = fill(hole),
            // What is shared is copied only where there is something to fill.
            Self::List(items) if items.iter().any(Self::has_assets) => {
                for item in Arc::make_mut(items) {
                    item.fill_assets(fill);
                }
            }
            Self::Object(entries) | Self::Sub(_, entries) => entries.iter_mut().for_each(|(_, node)| node.fill_assets(fill)),
            Self::Function(_, argument) => argument.fill_assets(fill),
            _ => {}
        }
    }
}

/// Sorts by key and keeps the last of equal keys.
pub(crate) fn sort_entries(entries: &mut Vec<(Key, Node)>) {
    if entries.is_sorted_by(|a, b| a.0 < b.0) {
        return;
    }
    entries.reverse();
    sort_by(entries, |a, b| a.0.cmp(&b.0));
    entries.dedup_by(|later, kept| later.0 == kept.0);
}

/// The names inside `${..}` of an `Fn::Sub` text; `${!literal}` is not one.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        (!name.starts_with('!')).then_some(name.trim())
    })
}

/// Raw JSON, with the intrinsic functions that carry references recognised as such.
impl From<Json> for Node {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(number) => match number.as_i64() {
                Some(value) => Self::Integer(value),
                None => Self::Float(number.as_f64().unwrap_or(f64::MAX)),
            },
            Json::String(text) => Self::Text(text.into()),
            Json::Array(items) => Self::list(items.into_iter().map(Self::from)),
            Json::Object(object) => Self::map(object.into_iter().map(|(key, value)| (key, Self::from(value)))),
        }
    }
}

fn intrinsic(key: &str, argument: &Node) -> Option<Node> {
    match (key, argument) {
        ("Ref", Node::Text(name)) => Some(Pseudo::parse(name).map_or_else(|| Node::Ref(LogicalId::new(name.as_ref())), Node::Pseudo)),
        ("Fn::GetAtt", Node::Text(path)) => {
            let (id, attribute) = path.split_once('.')?;
            Some(Node::GetAtt(LogicalId::new(id), attribute.to_owned().into()))
        }
        ("Fn::GetAtt", Node::List(parts)) => match parts.as_ref() {
            [Node::Text(id), Node::Text(attribute)] => Some(Node::GetAtt(LogicalId::new(id.as_ref()), attribute.clone())),
            _ => None,
        },
        ("Fn::Sub", Node::Text(text)) => Some(Node::Sub(text.clone(), Vec::new())),
        ("Fn::Sub", Node::List(parts)) => match parts.as_ref() {
            [Node::Text(text), Node::Object(variables)] => Some(Node::Sub(text.clone(), variables.clone())),
            _ => None,
        },
        _ => None,
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, node) in entries {
                    map.serialize_entry(key.as_ref(), node)?;
                }
                map.end()
            }
            Self::Ref(id) => function(serializer, "Ref", id.as_str()),
            Self::GetAtt(id, attribute) => function(serializer, "Fn::GetAtt", &[id.as_str(), attribute]),
            Self::Pseudo(pseudo) => function(serializer, "Ref", pseudo.as_str()),
            Self::Sub(text, variables) if variables.is_empty() => function(serializer, "Fn::Sub", text.as_ref()),
            Self::Sub(text, variables) => function(serializer, "Fn::Sub", &(text.as_ref(), Entries(variables))),
            Self::Function(name, argument) => function(serializer, name, argument.as_ref()),
            Self::Asset(hole) => {
                let key = hole.key().as_str();
                Err(serde::ser::Error::custom(format_args!("the asset of {key} is not known yet: render the template")))
            }
        }
    }
}

struct Entries<'a>(&'a [(Key, Node)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, node)| (key.as_ref(), node)))
    }
}

fn function<S: Serializer, A: Serialize + ?Sized>(serializer: S, name: &str, argument: &A) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(name, argument)?;
    map.end()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn references(json: Json) -> Vec<String> {
        let mut found = Vec::new();
        Node::from(json).visit_references(&mut |reference| {
            found.push(match reference.attribute {
                Some(attribute) => format!("{}.{attribute}", reference.id),
                None => reference.id.to_owned(),
            });
        });
        found
    }

    #[test]
    fn raw_json_shows_its_references() {
        let json = json!({
            "a": {"Ref": "Topic"},
            "b": {"Fn::GetAtt": ["Queue", "Arn"]},
            "c": {"Fn::GetAtt": "Table.StreamArn"},
            "d": {"Fn::Sub": ["${AWS::Region} ${!Not} ${v} ${Bucket.Arn} ${Key}", {"v": {"Ref": "Var"}}]},
            "e": {"Fn::Join": ["", [{"Ref": "AWS::AccountId"}, {"Ref": "Joined"}]]},
        });
        assert_eq!(references(json), ["Topic", "Queue.Arn", "Table.StreamArn", "Bucket.Arn", "Key", "Var", "Joined"]);
    }

    #[test]
    fn raw_json_comes_back_unchanged() {
        let json = json!({"a": {"Ref": "AWS::Region"}, "b": [1, 1.5, true, null, "x"], "c": {"Fn::Sub": "${A.B}"}, "d": {"Fn::GetAtt": ["A", "B.C"]}});
        let node = Node::from(json.clone());
        assert_eq!(serde_json::to_value(&node).expect("no holes"), json);
    }

    #[test]
    fn objects_are_sorted_and_the_later_value_wins() {
        let node = Node::object([("b", Node::Integer(1)), ("a", Node::Integer(2)), ("b", Node::Integer(3))]);
        assert_eq!(serde_json::to_string(&node).expect("no holes"), r#"{"a":2,"b":3}"#);
    }

    #[test]
    fn an_unfilled_hole_is_not_printed() {
        let node = Node::Asset(AssetHole::ImageUri(AssetKey::new("resources.api.containers[0]")));
        assert!(serde_json::to_string(&node).is_err());
    }
}
