//! Where Lambda tells of records that it gave up.

use stacktape_macros::Keyed;

use super::EventSourceIssue;
use crate::arn;
use crate::bucket::{Bucket, BucketParam};
use crate::check::Check;
use crate::document::{spelling, words};
use crate::sns_topic::{SnsTopic, SnsTopicParam};
use crate::sqs_queue::{SqsQueue, SqsQueueParam};
use crate::text::{Param, Text};

/// Where Lambda tells of records that it gave up. YAML: `onFailure`.
///
/// The message says which records of the stream they were, and has none of them: the stream keeps them until they expire. A bucket gets
/// the records too.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct FailureDestination {
    /// The ARN of the queue, topic or bucket. YAML: `arn`.
    #[required]
    pub arn: Text,
    /// What receives there. YAML: `type`.
    #[required]
    #[key("type")]
    pub kind: FailureDestinationKind,
}

/// What receives the news of records that Lambda gave up. YAML: `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureDestinationKind {
    /// A bucket. YAML: `s3`, a word of this project.
    S3,
    /// A topic. YAML: `sns`.
    Sns,
    /// A queue. YAML: `sqs`.
    Sqs,
}

words!(FailureDestinationKind);

impl FailureDestinationKind {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::S3, Self::Sns, Self::Sqs];

    /// The kind as YAML spells it, which is how ARNs spell the service.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Sns => "sns",
            Self::Sqs => "sqs",
        }
    }
}

impl FailureDestination {
    /// A queue outside of the stack.
    pub fn queue_arn(arn: impl Into<Text>) -> Self {
        Self { arn: arn.into(), kind: FailureDestinationKind::Sqs }
    }

    /// A topic outside of the stack.
    pub fn topic_arn(arn: impl Into<Text>) -> Self {
        Self { arn: arn.into(), kind: FailureDestinationKind::Sns }
    }

    /// A bucket outside of the stack.
    pub fn bucket_arn(arn: impl Into<Text>) -> Self {
        Self { arn: arn.into(), kind: FailureDestinationKind::S3 }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let fits = match self.kind {
            FailureDestinationKind::S3 => self.arn.may_be(Param::Bucket(BucketParam::Arn), arn::is_bucket),
            FailureDestinationKind::Sns => self.arn.may_be(Param::SnsTopic(SnsTopicParam::Arn), |arn| arn::is_of("sns", arn)),
            FailureDestinationKind::Sqs => self.arn.may_be(Param::SqsQueue(SqsQueueParam::Arn), |arn| arn::is_of("sqs", arn)),
        };
        if !fits {
            let found = spelling::of_text(&self.arn);
            at.field("arn").report(&EventSourceIssue::FailureDestination { found, service: self.kind.as_str() });
        }
    }
}

/// What can be told of records that Lambda gave up: a queue, topic or bucket of the stack, or [one outside](FailureDestination).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is told nothing of records that fail",
    label = "no queue, topic or bucket",
    note = "write `&queue`, `&topic`, `&bucket`, or `FailureDestination::queue_arn(arn)` of one outside of the stack"
)]
pub trait FailureTarget: sealed::Sealed {
    /// The destination.
    #[track_caller]
    fn destination(self) -> FailureDestination;
}

impl FailureTarget for &SqsQueue {
    #[track_caller]
    fn destination(self) -> FailureDestination {
        FailureDestination::queue_arn(self.arn())
    }
}

impl FailureTarget for &SnsTopic {
    #[track_caller]
    fn destination(self) -> FailureDestination {
        FailureDestination::topic_arn(self.arn())
    }
}

impl FailureTarget for &Bucket {
    #[track_caller]
    fn destination(self) -> FailureDestination {
        FailureDestination::bucket_arn(self.arn())
    }
}

impl FailureTarget for FailureDestination {
    fn destination(self) -> FailureDestination {
        self
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for &crate::bucket::Bucket {}
    impl Sealed for &crate::sns_topic::SnsTopic {}
    impl Sealed for &crate::sqs_queue::SqsQueue {}
    impl Sealed for super::FailureDestination {}
}
