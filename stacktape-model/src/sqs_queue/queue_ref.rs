//! Queues that something else sends to.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{SqsQueue, SqsQueueIssue, SqsQueueParam};
use crate::arn;
use crate::check::Check;
use crate::document::{Decode, Fields, Group, Reader, Tree, spelling};
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, Text};

/// A queue that is named, or given by its ARN.
#[derive(Clone, Debug, PartialEq)]
pub enum QueueRef {
    /// A queue of the stack. YAML: `sqsQueueName`, or `targetSqsQueueName` of a redrive.
    Named(ResourceRef),
    /// Any queue: `queue.arn()` of the stack, or one outside, whose own policy must let in who sends. YAML: `sqsQueueArn`, or
    /// `targetSqsQueueArn` of a redrive.
    Arn(Text),
}

/// The keys of a queue by its name, and by its ARN.
pub(super) type Keys = [&'static str; 2];

const KEYS: Keys = ["sqsQueueName", "sqsQueueArn"];

impl QueueRef {
    /// A queue of the stack.
    #[track_caller]
    pub(crate) fn of(queue: &SqsQueue) -> Self {
        Self::Named(ResourceRef::new(queue.name(), ResourceKind::SqsQueue))
    }

    /// The queue's name, where it is one of the stack, however it is referred to.
    pub fn in_stack(&self) -> Option<&str> {
        match self {
            Self::Named(queue) => Some(&queue.name),
            Self::Arn(arn) => arn.resource_of(Param::SqsQueue(SqsQueueParam::Arn)),
        }
    }

    /// Whether it is FIFO, where that is known; `find` knows the queues of the stack.
    pub(crate) fn is_fifo<'q>(&self, find: impl FnOnce(&str) -> Option<&'q SqsQueue>) -> Option<bool> {
        match (self.in_stack(), self) {
            (Some(name), _) => find(name).map(SqsQueue::is_fifo),
            (None, Self::Arn(arn)) => arn.as_literal().map(arn::is_fifo),
            (None, Self::Named(_)) => None,
        }
    }

    /// The key under which it is written.
    pub(crate) const fn key(&self) -> &'static str {
        self.key_of(KEYS)
    }

    pub(super) const fn key_of(&self, [name, arn]: Keys) -> &'static str {
        match self {
            Self::Named(_) => name,
            Self::Arn(_) => arn,
        }
    }

    #[cfg(feature = "yaml")]
    pub(super) fn decode_by(keys: Keys, fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        let (key, tree) = fields.one_of(&keys, at)?;
        let mut at = at.field(key);
        if key == keys[0] {
            return ResourceRef::decode(tree, ResourceKind::SqsQueue, &mut at).map(Self::Named);
        }
        Text::decode(tree, &mut at).map(Self::Arn)
    }

    pub(super) fn serialize_by<M: SerializeMap>(&self, keys: Keys, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Named(queue) => map.serialize_entry(self.key_of(keys), queue),
            Self::Arn(arn) => map.serialize_entry(self.key_of(keys), arn),
        }
    }

    /// Checks that an ARN is that of a queue, at the key of the reference.
    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Self::Arn(arn) = self
            && !arn.may_be(Param::SqsQueue(SqsQueueParam::Arn), |arn| arn::is_of("sqs", arn))
        {
            at.report(&SqsQueueIssue::Arn { found: spelling::of_text(arn) });
        }
    }
}

impl Group for QueueRef {
    const KEYS: &'static [&'static str] = &KEYS;

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        Self::decode_by(KEYS, fields, at)
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.serialize_by(KEYS, map)
    }
}

#[cfg(feature = "yaml")]
impl Decode for QueueRef {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        Self::decode_by(KEYS, &at.fields(tree, &KEYS)?, at)
    }
}

impl Serialize for QueueRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        self.serialize_by(KEYS, &mut map)?;
        map.end()
    }
}
