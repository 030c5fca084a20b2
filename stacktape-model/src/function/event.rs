//! What calls a function.

use super::{
    ApplicationLoadBalancerIntegration, CloudwatchAlarmEvent, CloudwatchLogEvent, DynamoDbStreamEvent, Function, HttpApiIntegration,
    IotEvent, KafkaTopicEvent, KinesisStreamEvent, S3Event, ScheduleEvent, SnsEvent, SqsEvent,
};
use crate::check::Check;
use crate::event::event_table;
use crate::event_bus::EventBusEvent;
use crate::origin::Origin;

event_table! {
    /// What calls a function. YAML: an entry of `events`.
    FunctionEvent, by
    /// A kind of event, as a type: [`Function::events_of`] finds events by it.
    FunctionEventType:
    /// Requests of an application load balancer.
    ApplicationLoadBalancer(ApplicationLoadBalancerIntegration) = "application-load-balancer";
    /// Requests of an HTTP API.
    HttpApi(HttpApiIntegration) = "http-api-gateway";
    /// Alarms that go off.
    CloudwatchAlarm(CloudwatchAlarmEvent) = "cloudwatch-alarm";
    /// Lines of a log group.
    CloudwatchLog(CloudwatchLogEvent) = "cloudwatch-log";
    /// Changes of a table.
    DynamoDbStream(DynamoDbStreamEvent) = "dynamo-db-stream";
    /// Events of a bus.
    EventBus(EventBusEvent) = "event-bus";
    /// Messages of devices.
    Iot(IotEvent) = "iot";
    /// Records of a topic of Kafka.
    KafkaTopic(KafkaTopicEvent) = "kafka-topic";
    /// Records of a stream.
    KinesisStream(KinesisStreamEvent) = "kinesis-stream";
    /// What happens to the objects of a bucket.
    S3(S3Event) = "s3";
    /// Certain times.
    Schedule(ScheduleEvent) = "schedule";
    /// Messages of a topic.
    Sns(SnsEvent) = "sns";
    /// Messages of a queue.
    Sqs(SqsEvent) = "sqs";
}

impl FunctionEvent {
    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        match self {
            Self::ApplicationLoadBalancer(event) => event.origin(),
            Self::HttpApi(event) => event.origin(),
            Self::CloudwatchAlarm(event) => event.origin,
            Self::CloudwatchLog(event) => event.origin,
            Self::DynamoDbStream(event) => event.origin,
            Self::EventBus(event) => event.origin,
            Self::KafkaTopic(event) => event.origin,
            Self::KinesisStream(event) => event.origin,
            Self::Iot(event) => event.origin,
            Self::S3(event) => event.origin,
            Self::Schedule(event) => event.origin,
            Self::Sns(event) => event.origin,
            Self::Sqs(event) => event.origin,
        }
    }

    /// How the source is written that Lambda reads for the function, where it reads one.
    pub(crate) fn source(&self) -> Option<String> {
        match self {
            Self::DynamoDbStream(event) => Some(event.source()),
            Self::KafkaTopic(event) => Some(event.source()),
            Self::KinesisStream(event) => Some(event.source()),
            Self::Sqs(event) => Some(event.source()),
            Self::ApplicationLoadBalancer(_)
            | Self::HttpApi(_)
            | Self::CloudwatchAlarm(_)
            | Self::CloudwatchLog(_)
            | Self::EventBus(_)
            | Self::Iot(_)
            | Self::S3(_)
            | Self::Schedule(_)
            | Self::Sns(_) => None,
        }
    }

    pub(super) fn check(&self, function: &Function, at: &mut Check<'_>) {
        let mut at = at.written_here(self.origin());
        match self {
            Self::ApplicationLoadBalancer(event) => event.rule.check(&mut at),
            Self::HttpApi(event) => event.route.check(&mut at),
            Self::CloudwatchAlarm(event) => event.check(&mut at),
            Self::CloudwatchLog(event) => event.check(function, &mut at),
            Self::DynamoDbStream(event) => event.check(&mut at),
            Self::EventBus(event) => event.check_of_function(&mut at),
            Self::KafkaTopic(event) => event.check(&mut at),
            Self::KinesisStream(event) => event.check(&mut at),
            Self::Iot(event) => event.check(&mut at),
            Self::S3(event) => event.check(&mut at),
            Self::Schedule(event) => event.check(&mut at),
            Self::Sns(event) => event.check(&mut at),
            Self::Sqs(event) => event.check(&mut at),
        }
    }
}
