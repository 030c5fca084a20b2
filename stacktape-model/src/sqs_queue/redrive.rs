//! Where messages go that nobody could handle. YAML: `redrivePolicy`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::SqsQueue;
use crate::document::{Decode, Reader, Tree};
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::Text;

/// Where messages go that were received several times and never deleted. YAML: `redrivePolicy`.
///
/// ```
/// use stacktape_model::sqs_queue::{RedrivePolicy, SqsQueue};
/// let failed = SqsQueue::builder("failedOrders").build();
/// let orders = SqsQueue::builder("orders").redrive_policy(RedrivePolicy::to(&failed, 5));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RedrivePolicy {
    /// The queue that they go to.
    pub target: RedriveTarget,
    /// After how many times of receiving, 1 to 1000. YAML: `maxReceiveCount`.
    pub max_receive_count: u32,
}

/// A queue for messages that nobody could handle; FIFO like the queue that they come from.
#[derive(Clone, Debug, PartialEq)]
pub enum RedriveTarget {
    /// A queue of the stack. YAML: `targetSqsQueueName`.
    Queue(ResourceRef),
    /// Any queue of the same account and region. YAML: `targetSqsQueueArn`.
    Arn(Text),
}

impl RedrivePolicy {
    /// To a queue of the stack, after so many times of receiving.
    #[track_caller]
    pub fn to(queue: &SqsQueue, max_receive_count: u32) -> Self {
        Self { target: RedriveTarget::Queue(ResourceRef::new(queue.name(), ResourceKind::SqsQueue)), max_receive_count }
    }

    /// To a queue outside of the stack, after so many times of receiving.
    pub fn to_arn(arn: impl Into<Text>, max_receive_count: u32) -> Self {
        Self { target: RedriveTarget::Arn(arn.into()), max_receive_count }
    }
}

const NAME: &str = "targetSqsQueueName";
const ARN: &str = "targetSqsQueueArn";

impl RedriveTarget {
    /// The key under which it is written.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Queue(_) => NAME,
            Self::Arn(_) => ARN,
        }
    }
}

impl Decode for RedrivePolicy {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &[NAME, ARN, "maxReceiveCount"])?;
        let max_receive_count = fields.required("maxReceiveCount", at);
        let target = match fields.one_of(&[NAME, ARN], at)? {
            (NAME, name) => RedriveTarget::Queue(ResourceRef::decode(name, ResourceKind::SqsQueue, &mut at.field(NAME))?),
            (_, arn) => RedriveTarget::Arn(Text::decode(arn, &mut at.field(ARN))?),
        };
        Some(Self { target, max_receive_count: max_receive_count? })
    }
}

impl Serialize for RedrivePolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.target {
            RedriveTarget::Queue(queue) => map.serialize_entry(NAME, queue)?,
            RedriveTarget::Arn(arn) => map.serialize_entry(ARN, arn)?,
        }
        map.serialize_entry("maxReceiveCount", &self.max_receive_count)?;
        map.end()
    }
}
