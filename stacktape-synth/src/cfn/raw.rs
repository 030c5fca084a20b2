//! From typed resources to what a stack takes: raw resources and texts of the model.

use serde_json::Value as Json;
use stacktape_model::container::EnvValue;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::text::Text;

use super::id::Id;
use super::node::Node;
use super::resource::Resource;
use super::value::Value;

impl<R: Resource> Id<R> {
    /// A resource under this id, for `stack.add_raw(..)`.
    ///
    /// ```
    /// use stacktape_model::{iam::Statement, stack::Stack};
    /// use stacktape_synth::cfn::{Id, sns};
    ///
    /// let topic = Id::<sns::Topic>::new("NotificationTopic");
    /// let publish = Statement::allow(["sns:Publish"], [topic.att_topic_arn()]);
    /// let mut stack = Stack::new("shop", "dev");
    /// stack.add_raw(topic.declare(sns::Topic::new().display_name("Orders")));
    /// ```
    #[track_caller]
    pub fn declare(&self, resource: R) -> RawResource {
        let raw = RawResource::new(self.logical_id().as_str(), R::TYPE);
        match resource.into_properties().into_node() {
            Node::Object(entries) => entries.into_iter().fold(raw, |raw, (key, node)| raw.property(key, json(&node))),
            _ => raw,
        }
    }
}

/// Only an asset hole has no JSON, and nobody outside of this crate can make one.
fn json(node: &Node) -> Json {
    serde_json::to_value(node).unwrap_or(Json::Null)
}

impl From<Value<String>> for Text {
    fn from(value: Value<String>) -> Self {
        match value.into_node() {
            Node::Text(literal) => Self::Literal(literal.into_owned()),
            node => Self::Intrinsic(Box::new(json(&node).into())),
        }
    }
}

impl From<Value<String>> for EnvValue {
    fn from(value: Value<String>) -> Self {
        Self::Text(value.into())
    }
}
