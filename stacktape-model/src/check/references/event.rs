//! References of events.

use super::Known;
use crate::application_load_balancer::ListenerRule;
use crate::check::Check;
use crate::container::Authorizer;
use crate::event_bus::{BusRef, EventBusEvent, EventInput};
use crate::expression::Expression;
use crate::function::{
    CustomKafkaConfiguration, EventConsumer, FailureDestination, Function, FunctionEvent, StreamReading, StreamRef, TopicRef,
};
use crate::http_api_gateway::Route;
use crate::sqs_queue::QueueRef;

impl Known<'_> {
    pub(super) fn check_function_events(&self, function: &Function, at: &mut Check<'_>) {
        at.field("events").each(&function.events, |at, event| match event {
            FunctionEvent::ApplicationLoadBalancer(event) => self.check_rule(&event.rule, at),
            FunctionEvent::HttpApi(event) => self.check_route(&event.route, at),
            FunctionEvent::DynamoDbStream(event) => {
                let mut at = at.written_here(event.origin);
                self.check_text(&event.stream_arn, &mut at.field("streamArn"));
                self.check_reading(&event.reading, &mut at);
            }
            FunctionEvent::KafkaTopic(event) => {
                let mut at = at.written_here(event.origin);
                self.check_kafka(&event.custom_kafka_configuration, &mut at.field("customKafkaConfiguration"));
                self.check_filters(&event.filter_patterns, &mut at);
                self.check_failure_destination(event.on_failure.as_ref(), &mut at);
            }
            FunctionEvent::KinesisStream(event) => {
                let mut at = at.written_here(event.origin);
                match &event.stream {
                    StreamRef::Named(stream) => self.check_reference(stream, &mut at.field(event.stream.key())),
                    StreamRef::Arn(arn) => self.check_text(arn, &mut at.field(event.stream.key())),
                }
                if let EventConsumer::Arn(arn) = &event.consumer {
                    self.check_text(arn, &mut at.field("consumerArn"));
                }
                self.check_reading(&event.reading, &mut at);
            }
            FunctionEvent::Sqs(event) => {
                let mut at = at.written_here(event.origin);
                self.check_queue_ref(&event.queue, &mut at.field(event.queue.key()));
                self.check_filters(&event.filter_patterns, &mut at);
            }
            FunctionEvent::CloudwatchAlarm(event) => {
                self.check_text(&event.alarm_name, &mut at.written_here(event.origin).field("alarmName"));
            }
            FunctionEvent::CloudwatchLog(event) => {
                self.check_text(&event.log_group_arn, &mut at.written_here(event.origin).field("logGroupArn"));
            }
            FunctionEvent::EventBus(event) => self.check_bus_event(event, &mut at.written_here(event.origin)),
            FunctionEvent::Iot(_) => {}
            FunctionEvent::S3(event) => self.check_text(&event.bucket_arn, &mut at.written_here(event.origin).field("bucketArn")),
            FunctionEvent::Schedule(event) => self.check_input(&event.input, &mut at.written_here(event.origin)),
            FunctionEvent::Sns(event) => {
                let mut at = at.written_here(event.origin);
                match &event.topic {
                    TopicRef::Named(topic) => self.check_reference(topic, &mut at.field(event.topic.key())),
                    TopicRef::Arn(arn) => self.check_text(arn, &mut at.field(event.topic.key())),
                }
                if let Some(policy) = &event.filter_policy {
                    policy.visit(&mut |param| self.check_param(param, &mut at.field("filterPolicy")));
                }
                self.check_failure_queue(event.on_delivery_failure.as_ref(), &mut at);
            }
        });
    }

    pub(super) fn check_route(&self, route: &Route, at: &mut Check<'_>) {
        self.check_reference(&route.gateway, &mut at.field("httpApiGatewayName"));
        if let Some(Authorizer::Cognito(cognito)) = &route.authorizer {
            self.check_reference(&cognito.pool, &mut at.field("authorizer").field("userPoolName"));
        }
        for (key, text) in route.authorizer.iter().flat_map(Authorizer::texts) {
            self.check_text(text, &mut at.field("authorizer").field(key));
        }
    }

    pub(super) fn check_rule(&self, rule: &ListenerRule, at: &mut Check<'_>) {
        self.check_reference(&rule.load_balancer, &mut at.field("loadBalancerName"));
    }

    pub(super) fn check_bus_event(&self, event: &EventBusEvent, at: &mut Check<'_>) {
        match &event.bus {
            BusRef::Named(bus) => self.check_reference(bus, &mut at.field(event.bus.key())),
            BusRef::Arn(arn) => self.check_text(arn, &mut at.field(event.bus.key())),
            BusRef::Default => {}
        }
        self.check_failure_queue(event.on_delivery_failure.as_ref(), at);
        for (key, value) in event.expressions() {
            value.visit(&mut |param| self.check_param(param, &mut at.field(key)));
        }
    }

    fn check_failure_queue(&self, failed: Option<&QueueRef>, at: &mut Check<'_>) {
        if let Some(queue) = failed {
            self.check_queue_ref(queue, &mut at.field("onDeliveryFailure").field(queue.key()));
        }
    }

    pub(super) fn check_queue_ref(&self, queue: &QueueRef, at: &mut Check<'_>) {
        match queue {
            QueueRef::Named(queue) => self.check_reference(queue, at),
            QueueRef::Arn(arn) => self.check_text(arn, at),
        }
    }

    fn check_reading(&self, reading: &StreamReading, at: &mut Check<'_>) {
        self.check_filters(&reading.filter_patterns, at);
        self.check_failure_destination(reading.on_failure.as_ref(), at);
    }

    fn check_failure_destination(&self, destination: Option<&FailureDestination>, at: &mut Check<'_>) {
        if let Some(destination) = destination {
            self.check_text(&destination.arn, &mut at.field("onFailure").field("arn"));
        }
    }

    fn check_kafka(&self, configuration: &CustomKafkaConfiguration, at: &mut Check<'_>) {
        at.field("bootstrapServers").each(&configuration.bootstrap_servers, |at, server| self.check_text(server, at));
        self.check_text(&configuration.topic_name, &mut at.field("topicName"));
        for (key, arn) in configuration.authentication.secrets() {
            self.check_text(arn, &mut at.field("authentication").field(key));
        }
    }

    fn check_filters(&self, filters: &[Expression], at: &mut Check<'_>) {
        at.field("filterPatterns").each(filters, |at, filter| filter.visit(&mut |param| self.check_param(param, at)));
    }

    fn check_input(&self, input: &EventInput, at: &mut Check<'_>) {
        if let Some((key, value)) = input.expression() {
            value.visit(&mut |param| self.check_param(param, &mut at.field(key)));
        }
    }
}
