//! `kinesis-stream`: a stream of Amazon Kinesis.

use stacktape_macros::model;

use crate::arn;
use crate::check::Check;
use crate::document::words;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::removal_policy::RemovalPolicy;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A stream of records, which several consumers read, each in its own time. YAML: `kinesis-stream`.
///
/// ```
/// use stacktape_model::kinesis_stream::{CapacityMode, KinesisStream};
/// let clicks = KinesisStream::builder("clicks").capacity_mode(CapacityMode::Provisioned).shard_count(2).build();
/// ```
///
/// **Creates** an `AWS::Kinesis::Stream`, and an `AWS::Kinesis::StreamConsumer` where fan-out is enhanced.
///
/// **Defaults**: capacity follows the load, records are kept for a day and not encrypted.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct KinesisStream {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the stream.
    #[argument]
    pub(crate) name: String,
    /// Who says how many shards there are. YAML: `capacityMode`, default `ON_DEMAND`. Changed in place, twice a day at most.
    pub(crate) capacity_mode: CapacityMode,
    /// How many shards a stream with provisioned capacity has. YAML: `shardCount`, at least 1, default 1. Changed in place.
    shard_count: Option<u32>,
    /// For how many hours records are kept. YAML: `retentionPeriodHours`, 24 to 8,760 (a year), default 24. Changed in place.
    retention_period_hours: Option<u32>,
    /// Encrypts records. YAML: `encryption`, default: off. Changed in place.
    pub(crate) encryption: Option<StreamEncryption>,
    /// Registers a consumer with a throughput of its own, of which connected workloads may read. YAML: `enableEnhancedFanOut`, default
    /// `false`. Changed in place.
    pub(crate) enable_enhanced_fan_out: bool,
    /// What becomes of the stream, with its records, when it leaves the stack. YAML: `removalPolicy`, default `delete`. Changed in
    /// place.
    removal_policy: RemovalPolicy,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// Who says how many shards a stream has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CapacityMode {
    /// Kinesis, by the load. YAML: `ON_DEMAND`.
    #[default]
    OnDemand,
    /// The user. YAML: `PROVISIONED`.
    Provisioned,
}

words!(CapacityMode);

impl CapacityMode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::OnDemand, Self::Provisioned];

    /// The mode as Kinesis spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnDemand => "ON_DEMAND",
            Self::Provisioned => "PROVISIONED",
        }
    }
}

/// By which key records are encrypted. YAML: `encryption`.
#[model(switch)]
pub struct StreamEncryption {
    /// A key of your own; connected workloads may use it. YAML: `kmsKeyArn`, default: the key that AWS keeps for Kinesis.
    pub(crate) kms_key_arn: Option<Text>,
}

impl KinesisStream {
    /// The stream's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The stream's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(KinesisStreamParam::Arn)
    }

    /// The stream's name in Kinesis. YAML: `$ResourceParam('..', 'name')`.
    #[track_caller]
    pub fn stream_name(&self) -> Text {
        self.param(KinesisStreamParam::Name)
    }

    /// The ARN of the consumer, of a stream with enhanced fan-out. YAML: `$ResourceParam('..', 'consumerArn')`.
    #[track_caller]
    pub fn consumer_arn(&self) -> Text {
        self.param(KinesisStreamParam::ConsumerArn)
    }

    #[track_caller]
    fn param(&self, param: KinesisStreamParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::KinesisStream), param: Param::KinesisStream(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        match (self.capacity_mode, self.shard_count) {
            (CapacityMode::OnDemand, Some(_)) => at.field("shardCount").report(&KinesisStreamIssue::ShardsOnDemand),
            (CapacityMode::Provisioned, Some(0)) => at.field("shardCount").report(&KinesisStreamIssue::NoShard),
            _ => {}
        }
        if let Some(found) = self.retention_period_hours.filter(|hours| !(24..=8760).contains(hours)) {
            at.field("retentionPeriodHours").report(&KinesisStreamIssue::RetentionPeriod { found });
        }
        if let Some(arn) = self.encryption.as_ref().and_then(|encryption| encryption.kms_key_arn.as_ref()).and_then(Text::as_literal)
            && !is_key_arn(arn)
        {
            at.field("encryption").field("kmsKeyArn").report(&KinesisStreamIssue::KmsKeyArn { arn: arn.to_owned() });
        }
    }
}

/// `arn:partition:kms:region:account:key/id`.
fn is_key_arn(arn: &str) -> bool {
    arn::resource("kms", arn).and_then(|key| key.strip_prefix("key/")).is_some_and(|id| !id.is_empty() && !id.contains(':'))
}

/// What other resources may know of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KinesisStreamParam {
    /// `arn`.
    Arn,
    /// `name`.
    Name,
    /// `consumerArn`, of a stream with enhanced fan-out.
    ConsumerArn,
}

impl KinesisStreamParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 3] = [Self::Arn, Self::Name, Self::ConsumerArn];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Name => "name",
            Self::ConsumerArn => "consumerArn",
        }
    }
}

/// Mistakes in streams.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "kinesis_stream")]
#[non_exhaustive]
pub enum KinesisStreamIssue {
    /// Without provisioned capacity, Kinesis alone counts the shards.
    #[error("found a number of shards of a stream whose capacity is on demand, expected it with provisioned capacity only")]
    #[issue(
        help = "add `.capacity_mode(CapacityMode::Provisioned)`, or remove the number",
        yaml = "add `capacityMode: PROVISIONED`, or remove the number",
        docs = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html"
    )]
    ShardsOnDemand,
    /// A stream without a shard takes no record.
    #[error("found 0 shards, expected at least 1")]
    #[issue(help = "write 1 or more", docs = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html")]
    NoShard,
    /// Kinesis keeps records for a day at the least, and for a year at the most.
    #[error("found {found} hours, expected 24 to 8760")]
    #[issue(
        help = "write a number from 24 to 8760",
        docs = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html"
    )]
    RetentionPeriod {
        /// What was found.
        found: u32,
    },
    /// CloudFormation takes one character fewer for a stream than for everything else.
    #[error("found a value of 256 characters of the tag `{name}`, expected at most 255 in a stack with a stream")]
    #[issue(
        help = "shorten the value",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-kinesis-stream-tag.html"
    )]
    TagValue {
        /// The tag.
        name: String,
    },
    /// Connected workloads are granted the key by its ARN; the ARN of an alias grants nothing.
    #[error("found `{arn}`, expected the ARN of a key in KMS")]
    #[issue(
        help = "write an ARN such as `arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`",
        docs = "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN"
    )]
    KmsKeyArn {
        /// What was found.
        arn: String,
    },
}
