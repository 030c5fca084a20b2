//! What calls a function.

use super::{
    ApplicationLoadBalancerIntegration, CloudwatchAlarmEvent, CloudwatchLogEvent, Function, HttpApiIntegration, IotEvent, S3Event,
    ScheduleEvent, SnsEvent,
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
    /// Events of a bus.
    EventBus(EventBusEvent) = "event-bus";
    /// Messages of devices.
    Iot(IotEvent) = "iot";
    /// What happens to the objects of a bucket.
    S3(S3Event) = "s3";
    /// Certain times.
    Schedule(ScheduleEvent) = "schedule";
    /// Messages of a topic.
    Sns(SnsEvent) = "sns";
}

impl FunctionEvent {
    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        match self {
            Self::ApplicationLoadBalancer(event) => event.origin(),
            Self::HttpApi(event) => event.origin(),
            Self::CloudwatchAlarm(event) => event.origin,
            Self::CloudwatchLog(event) => event.origin,
            Self::EventBus(event) => event.origin,
            Self::Iot(event) => event.origin,
            Self::S3(event) => event.origin,
            Self::Schedule(event) => event.origin,
            Self::Sns(event) => event.origin,
        }
    }

    pub(super) fn check(&self, function: &Function, at: &mut Check<'_>) {
        let mut at = at.written_here(self.origin());
        match self {
            Self::ApplicationLoadBalancer(event) => event.rule.check(&mut at),
            Self::HttpApi(event) => event.route.check(&mut at),
            Self::CloudwatchAlarm(event) => event.check(&mut at),
            Self::CloudwatchLog(event) => event.check(function, &mut at),
            Self::EventBus(event) => event.check_of_function(&mut at),
            Self::Iot(event) => event.check(&mut at),
            Self::S3(event) => event.check(&mut at),
            Self::Schedule(event) => event.check(&mut at),
            Self::Sns(event) => event.check(&mut at),
        }
    }
}
