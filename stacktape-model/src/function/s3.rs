//! What happens to the objects of a bucket.

mod event_type;
mod key_filter;

pub use event_type::{S3EventType, SentS3Event};
pub use key_filter::{KeyPattern, S3FilterRule};

use stacktape_macros::Keyed;

use crate::arn;
use crate::bucket::{Bucket, BucketParam};
use crate::check::Check;
use crate::origin::Origin;
use crate::text::{Param, Text};

/// Calls the function when something happens to the objects of a bucket. YAML: `s3`.
///
/// ```
/// use stacktape_model::bucket::Bucket;
/// use stacktape_model::function::{S3Event, S3EventType};
/// let photos = Bucket::builder("photos").build();
/// let uploaded = S3Event::new(&photos, S3EventType::ObjectCreated).prefix("uploads/").suffix(".jpg");
/// ```
///
/// The event comes by `EventBridge`, always: the function receives the event in `EventBridge`'s form (`detail.bucket.name`,
/// `detail.object.key`), not in that of S3's own notifications (`Records`). A bucket that notifies a function itself must be created after
/// the function's permission, and a function that is connected to the bucket after the bucket, so that neither could be the first one; with
/// a rule between them, every stack deploys at once. Keys are as they are, and not encoded for a URL.
///
/// **Creates** an `AWS::Events::Rule` of the default bus, and the permission to call the function. A bucket of the stack sends its events
/// to `EventBridge` then, whatever its `enableEventBusNotifications` says. The owner of another bucket must have turned that on. A change
/// replaces rule and permission, without an interruption.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct S3Event {
    /// The bucket's ARN; of a bucket of the stack `photos.arn()`. YAML: `bucketArn`.
    #[required]
    pub bucket_arn: Text,
    /// What happens, in S3's spelling. YAML: `s3EventType`, such as `s3:ObjectCreated:*`.
    #[key("s3EventType")]
    #[required]
    pub event_type: S3EventType,
    /// To which objects. YAML: `filterRule`, default: to all.
    pub filter_rule: S3FilterRule,
    /// Where the event is written.
    pub origin: Origin,
}

impl S3Event {
    /// What happens to the objects of a bucket of the stack.
    #[track_caller]
    pub fn new(bucket: &Bucket, event_type: S3EventType) -> Self {
        Self::of_arn(bucket.arn(), event_type)
    }

    /// What happens to the objects of a bucket outside of the stack, in its account and region, whose owner has turned `EventBridge` on.
    #[track_caller]
    pub fn of_arn(bucket_arn: impl Into<Text>, event_type: S3EventType) -> Self {
        Self { bucket_arn: bucket_arn.into(), event_type, filter_rule: S3FilterRule::default(), origin: Origin::here() }
    }

    /// Only to objects whose key begins so. YAML: `filterRule.prefix`, at most 1,024 bytes.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.filter_rule.prefix = prefix.into();
        self
    }

    /// Only to objects whose key ends so. YAML: `filterRule.suffix`, at most 1,024 bytes.
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.filter_rule.suffix = suffix.into();
        self
    }

    /// The bucket's name, where it is one of the stack.
    pub fn bucket_in_stack(&self) -> Option<&str> {
        self.bucket_arn.resource_of(Param::Bucket(BucketParam::Arn))
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if !self.bucket_arn.may_be(Param::Bucket(BucketParam::Arn), arn::is_bucket) {
            at.field("bucketArn").report(&S3EventIssue::Bucket);
        }
        if self.event_type.sent().is_none() {
            at.field("s3EventType").report(&S3EventIssue::NotSent { found: self.event_type.as_str() });
        }
        self.filter_rule.check(&mut at.field("filterRule"));
    }
}

/// Mistakes in events of buckets.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "s3_event")]
#[non_exhaustive]
pub enum S3EventIssue {
    /// A bucket is known by its ARN.
    #[error("found something else than the ARN of a bucket, expected `arn:..:s3:::` and the bucket's name")]
    #[issue(
        help = "write an ARN such as `arn:aws:s3:::my-photos`, or use a bucket of the stack: `S3Event::new(&photos, ..)`",
        yaml = "write an ARN such as `arn:aws:s3:::my-photos`, or that of a bucket of the stack: `$ResourceParam('photos', 'arn')`",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html"
    )]
    Bucket,
    /// S3 tells queues, topics and functions of some things that it does not tell `EventBridge`.
    #[error("found the event type `{found}`, expected one that S3 sends to EventBridge, by which events come")]
    #[issue(
        help = "take another event type, such as `S3EventType::ObjectCreated`",
        yaml = "take another event type, such as `s3:ObjectCreated:*`",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html"
    )]
    NotSent {
        /// What was found.
        found: &'static str,
    },
    /// No key of an object is longer.
    #[error("found {found} bytes, expected at most 1,024, the longest key of an object")]
    #[issue(help = "shorten it", docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html")]
    LongKey {
        /// How many bytes there are.
        found: usize,
    },
    /// `EventBridge`'s limit of a pattern.
    #[error("found a prefix and suffix that make a pattern of {found} characters, expected at most 3,500")]
    #[issue(
        help = "shorten one of them, or leave it out",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html"
    )]
    LongPattern {
        /// How many characters there are.
        found: usize,
    },
}
