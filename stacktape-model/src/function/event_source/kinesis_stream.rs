//! Records of a stream of Kinesis. YAML: `type: kinesis-stream`.

use serde::ser::SerializeMap;
use stacktape_macros::Keyed;

use super::stream_reading::{StreamReading, stream_setters};
use super::{check_source, source_of};
use crate::arn;
use crate::check::Check;
use crate::document::{Decode, Fields, Group, Kind, Reader, spelling};
use crate::kinesis_stream::{KinesisStream, KinesisStreamParam};
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, Text};

/// Calls the function with records of a stream of Kinesis. YAML: `kinesis-stream`.
///
/// ```
/// use stacktape_model::function::{KinesisStreamEvent, StartingPosition};
/// use stacktape_model::kinesis_stream::KinesisStream;
/// use stacktape_model::sqs_queue::SqsQueue;
/// let clicks = KinesisStream::builder("clicks").build();
/// let failed = SqsQueue::builder("failedClicks").build();
/// let event = KinesisStreamEvent::new(&clicks)
///     .starting_position(StartingPosition::Latest)
///     .maximum_retry_attempts(3)
///     .bisect_batch_on_function_error()
///     .on_failure(&failed);
/// ```
///
/// **Creates** an `AWS::Lambda::EventSourceMapping`, and an `AWS::Kinesis::StreamConsumer` with `auto_create_consumer`. The role of the
/// function may read this stream, use the key that it is encrypted by, and send to `on_failure`. Another stream or consumer makes another
/// mapping.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct KinesisStreamEvent {
    /// The stream. YAML: `kinesisStreamName`, or `streamArn` of one outside of the stack.
    #[group]
    pub stream: StreamRef,
    /// Who reads. YAML: `consumerArn` or `autoCreateConsumer`.
    #[group]
    pub consumer: EventConsumer,
    /// How it is read.
    #[group]
    pub reading: StreamReading,
    /// Where the event is written.
    pub origin: Origin,
}

/// A stream that is named, or given by its ARN.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamRef {
    /// A stream of the stack. YAML: `kinesisStreamName`.
    Named(ResourceRef),
    /// Any stream: `stream.arn()` of the stack, or one outside. YAML: `streamArn`.
    Arn(Text),
}

/// As whom Lambda reads a stream of Kinesis.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum EventConsumer {
    /// As one of those who share the throughput of the shards.
    #[default]
    Shared,
    /// As a consumer with a throughput of its own, which is there already. YAML: `consumerArn`.
    Arn(Text),
    /// As a consumer with a throughput of its own, which is made for the function. YAML: `autoCreateConsumer: true`.
    Own,
}

impl KinesisStreamEvent {
    /// Records of a stream of the stack.
    #[track_caller]
    pub fn new(stream: &KinesisStream) -> Self {
        Self::of(StreamRef::Named(ResourceRef::new(stream.name(), ResourceKind::KinesisStream)))
    }

    /// Records of a stream outside of the stack. YAML: `streamArn`.
    #[track_caller]
    pub fn of_arn(arn: impl Into<Text>) -> Self {
        Self::of(StreamRef::Arn(arn.into()))
    }

    #[track_caller]
    fn of(stream: StreamRef) -> Self {
        Self { stream, consumer: EventConsumer::Shared, reading: StreamReading::default(), origin: Origin::here() }
    }

    /// Reads as a consumer that is there already, with a throughput of its own, such as `stream.consumer_arn()` of a stream with
    /// `enable_enhanced_fan_out`. YAML: `consumerArn`, default: shares the throughput of the shards with other readers.
    pub fn consumer_arn(mut self, arn: impl Into<Text>) -> Self {
        self.consumer = EventConsumer::Arn(arn.into());
        self
    }

    /// Makes a consumer for the function, with a throughput of its own, which is paid for. YAML: `autoCreateConsumer`, default `false`:
    /// shares the throughput of the shards with other readers.
    pub fn auto_create_consumer(mut self) -> Self {
        self.consumer = EventConsumer::Own;
        self
    }

    /// What tells the stream or its consumer from others, however it is referred to: a function reads each source once.
    pub fn source(&self) -> String {
        match &self.consumer {
            EventConsumer::Shared => self.stream.source(),
            EventConsumer::Arn(consumer) => spelling::of_text(consumer),
            // Neither names nor ARNs have blanks.
            EventConsumer::Own => format!("{} {AUTO_CONSUMER}", self.stream.source()),
        }
    }

    pub(in crate::function) fn check(&self, at: &mut Check<'_>) {
        if let StreamRef::Arn(arn) = &self.stream {
            let is_stream = |arn: &str| arn::resource("kinesis", arn).is_some_and(is_stream);
            check_source(arn, STREAM, "a stream of Kinesis", is_stream, &mut at.field(STREAM_ARN));
        }
        if let EventConsumer::Arn(arn) = &self.consumer {
            let is_consumer = |arn: &str| arn::resource("kinesis", arn).is_some_and(is_consumer);
            check_source(arn, CONSUMER, "a consumer of a stream", is_consumer, &mut at.field(CONSUMER_ARN));
        }
        self.reading.check(at);
    }
}

stream_setters!(KinesisStreamEvent);

/// `stream/name`.
fn is_stream(resource: &str) -> bool {
    resource.strip_prefix("stream/").is_some_and(|name| !name.is_empty() && !name.contains([':', '/']))
}

/// `stream/name/consumer/name:time`.
fn is_consumer(resource: &str) -> bool {
    resource.split_once("/consumer/").is_some_and(|(stream, consumer)| {
        is_stream(stream) && consumer.split_once(':').is_some_and(|(name, time)| !name.is_empty() && !time.is_empty())
    })
}

const STREAM: Param = Param::KinesisStream(KinesisStreamParam::Arn);
const CONSUMER: Param = Param::KinesisStream(KinesisStreamParam::ConsumerArn);

const STREAM_NAME: &str = "kinesisStreamName";
const STREAM_ARN: &str = "streamArn";
const CONSUMER_ARN: &str = "consumerArn";
const AUTO_CONSUMER: &str = "autoCreateConsumer";

impl StreamRef {
    /// The key under which it is written.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Named(_) => STREAM_NAME,
            Self::Arn(_) => STREAM_ARN,
        }
    }

    /// The stream's name, where it is one of the stack, however it is referred to.
    pub fn in_stack(&self) -> Option<&str> {
        match self {
            Self::Named(stream) => Some(&stream.name),
            Self::Arn(arn) => arn.resource_of(STREAM),
        }
    }

    fn source(&self) -> String {
        match self {
            Self::Named(stream) => stream.name.clone(),
            Self::Arn(arn) => source_of(self.in_stack(), arn),
        }
    }
}

impl Group for StreamRef {
    const KEYS: &'static [&'static str] = &[STREAM_NAME, STREAM_ARN];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        match fields.one_of(&[STREAM_NAME, STREAM_ARN], at)? {
            (STREAM_NAME, name) => ResourceRef::decode(name, ResourceKind::KinesisStream, &mut at.field(STREAM_NAME)).map(Self::Named),
            (_, arn) => Text::decode(arn, &mut at.field(STREAM_ARN)).map(Self::Arn),
        }
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Named(stream) => map.serialize_entry(STREAM_NAME, stream),
            Self::Arn(arn) => map.serialize_entry(STREAM_ARN, arn),
        }
    }
}

impl Group for EventConsumer {
    const KEYS: &'static [&'static str] = &[CONSUMER_ARN, AUTO_CONSUMER];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        match fields.at_most_one_of(&[CONSUMER_ARN, AUTO_CONSUMER], at) {
            None => Some(Self::Shared),
            Some((CONSUMER_ARN, arn)) => Text::decode(arn, &mut at.field(CONSUMER_ARN)).map(Self::Arn),
            Some((_, tree)) => match tree.kind {
                Kind::Bool(true) => Some(Self::Own),
                Kind::Bool(false) => Some(Self::Shared),
                _ => at.field(AUTO_CONSUMER).wrong(tree, "`true` or `false`"),
            },
        }
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Shared => Ok(()),
            Self::Arn(arn) => map.serialize_entry(CONSUMER_ARN, arn),
            Self::Own => map.serialize_entry(AUTO_CONSUMER, &true),
        }
    }
}
