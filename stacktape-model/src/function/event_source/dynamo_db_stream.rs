//! Changes of a table. YAML: `type: dynamo-db-stream`.

use stacktape_macros::Keyed;

use super::stream_reading::{StreamReading, stream_setters};
use super::{check_source, source_of};
use crate::arn;
use crate::check::Check;
use crate::dynamo_db_table::{DynamoDbTable, DynamoDbTableParam};
use crate::origin::Origin;
use crate::text::{Param, Text};

/// Calls the function with changes of a table of DynamoDB, which its stream keeps for a day. YAML: `dynamo-db-stream`.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::dynamo_db_table::{DynamoDbTable, KeyAttribute, PrimaryKey, StreamType};
/// use stacktape_model::function::DynamoDbStreamEvent;
/// let key = PrimaryKey::new(KeyAttribute::string("id"));
/// let orders = DynamoDbTable::builder("orders", key).stream_type(StreamType::NewImage).build();
/// let placed = DynamoDbStreamEvent::new(&orders).filter(json!({"eventName": ["INSERT"]}));
/// ```
///
/// **Creates** an `AWS::Lambda::EventSourceMapping`. The role of the function may read this stream, and send to `on_failure`. Another
/// stream makes another mapping, as does another `stream_type` of the table.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct DynamoDbStreamEvent {
    /// The ARN of the stream. YAML: `streamArn`, such as `$ResourceParam('orders', 'streamArn')`.
    #[required]
    pub stream_arn: Text,
    /// How it is read.
    #[group]
    pub reading: StreamReading,
    /// Where the event is written.
    pub origin: Origin,
}

const STREAM: Param = Param::DynamoDbTable(DynamoDbTableParam::StreamArn);

impl DynamoDbStreamEvent {
    /// Changes of a table of the stack, which has a `stream_type`.
    #[track_caller]
    pub fn new(table: &DynamoDbTable) -> Self {
        Self::of_arn(table.stream_arn())
    }

    /// Changes that this stream has. YAML: `streamArn`.
    #[track_caller]
    pub fn of_arn(arn: impl Into<Text>) -> Self {
        Self { stream_arn: arn.into(), reading: StreamReading::default(), origin: Origin::here() }
    }

    /// What tells the stream from others: a function reads each source once.
    pub fn source(&self) -> String {
        source_of(self.stream_arn.resource_of(STREAM), &self.stream_arn)
    }

    pub(in crate::function) fn check(&self, at: &mut Check<'_>) {
        let is_stream = |arn: &str| arn::resource("dynamodb", arn).is_some_and(is_stream);
        check_source(&self.stream_arn, STREAM, "a table's stream", is_stream, &mut at.field("streamArn"));
        self.reading.check(at);
    }
}

stream_setters!(DynamoDbStreamEvent);

/// `table/name/stream/time`, and a time has colons.
fn is_stream(resource: &str) -> bool {
    let parts: Vec<_> = resource.split('/').collect();
    matches!(parts.as_slice(), ["table", table, "stream", time] if !table.is_empty() && !time.is_empty())
}
