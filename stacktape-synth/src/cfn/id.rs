//! Logical ids, untyped and typed.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::node::{Key, Node};
use super::value::Value;

/// The name of a resource inside its template: `[A-Za-z0-9]{1,255}`. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogicalId(Arc<str>);

impl LogicalId {
    /// An id as it is written; whether CloudFormation takes it is checked when the template is merged.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for LogicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl fmt::Display for LogicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A logical id that knows the type of its resource, so that an attribute which the type lacks does
/// not compile. The generated code adds one method per attribute: `bucket.att_arn()`.
///
/// ```
/// use stacktape_synth::cfn::{self, Id};
/// let queue = Id::<cfn::sqs::Queue>::new("Jobs");
/// let arn = queue.att_arn();
/// let url = queue.reference();
/// ```
///
/// ```compile_fail
/// use stacktape_synth::cfn::{self, Id};
/// Id::<cfn::sqs::Queue>::new("Jobs").att_stream_arn();
/// ```
pub struct Id<R> {
    id: LogicalId,
    resource: PhantomData<fn() -> R>,
}

impl<R> Id<R> {
    /// A typed id as it is written.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        LogicalId::new(id).into()
    }

    /// The untyped id.
    pub fn logical_id(&self) -> &LogicalId {
        &self.id
    }

    /// `Ref`: for most types the physical name or id, for some the ARN.
    pub fn reference(&self) -> Value<String> {
        Value::from_node(Node::Ref(self.id.clone()))
    }

    /// `Fn::GetAtt`; the generated methods call this with names that exist.
    pub(crate) fn attribute<T: ?Sized>(&self, name: &'static str) -> Value<T> {
        Value::from_node(Node::GetAtt(self.id.clone(), Key::Borrowed(name)))
    }
}

impl<R> From<LogicalId> for Id<R> {
    fn from(id: LogicalId) -> Self {
        Self { id, resource: PhantomData }
    }
}

impl<R> Clone for Id<R> {
    fn clone(&self) -> Self {
        self.id.clone().into()
    }
}

impl<R> fmt::Debug for Id<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<R> PartialEq for Id<R> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<R> Eq for Id<R> {}
