//! Where messages go that nobody could handle. YAML: `redrivePolicy`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::queue_ref::Keys;
use super::{QueueRef, SqsQueue};
use crate::document::{Decode, Reader, Tree};
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
    /// The queue that they go to, of the same account and region; FIFO like the queue that they come from.
    pub target: QueueRef,
    /// After how many times of receiving, 1 to 1000. YAML: `maxReceiveCount`.
    pub max_receive_count: u32,
}

impl RedrivePolicy {
    /// To a queue of the stack, after so many times of receiving.
    #[track_caller]
    pub fn to(queue: &SqsQueue, max_receive_count: u32) -> Self {
        Self { target: QueueRef::of(queue), max_receive_count }
    }

    /// To a queue outside of the stack, after so many times of receiving.
    pub fn to_arn(arn: impl Into<Text>, max_receive_count: u32) -> Self {
        Self { target: QueueRef::Arn(arn.into()), max_receive_count }
    }

    /// The key under which the target is written.
    pub(crate) const fn target_key(&self) -> &'static str {
        self.target.key_of(TARGET)
    }
}

const TARGET: Keys = ["targetSqsQueueName", "targetSqsQueueArn"];

#[cfg(feature = "yaml")]
impl Decode for RedrivePolicy {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let [name, arn] = TARGET;
        let fields = at.fields(tree, &[name, arn, "maxReceiveCount"])?;
        let max_receive_count = fields.required("maxReceiveCount", at);
        let target = QueueRef::decode_by(TARGET, &fields, at);
        Some(Self { target: target?, max_receive_count: max_receive_count? })
    }
}

impl Serialize for RedrivePolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.target.serialize_by(TARGET, &mut map)?;
        map.serialize_entry("maxReceiveCount", &self.max_receive_count)?;
        map.end()
    }
}
