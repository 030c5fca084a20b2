//! Records of a topic of Kafka. YAML: `type: kafka-topic`.

use stacktape_macros::Keyed;

use super::kafka_authentication::KafkaAuthentication;
use super::{EventSourceIssue, FailureDestination, FailureTarget, StartingPosition, check_batch, check_filters};
use crate::check::Check;
use crate::document::spelling;
use crate::expression::Expression;
use crate::origin::Origin;
use crate::text::Text;

/// Calls the function with records of a topic of Apache Kafka that runs anywhere. YAML: `kafka-topic`.
///
/// ```
/// use stacktape_model::function::{KafkaAuthentication, KafkaTopicEvent};
/// let secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka-AbCdEf";
/// let orders = KafkaTopicEvent::new(["b1.example.com:9096", "b2.example.com:9096"], "orders", KafkaAuthentication::sasl_scram_512(secret))
///     .batch_size(500)
///     .max_batch_window_seconds(5)
///     .consumer_group_id("report");
/// ```
///
/// Lambda reaches the brokers over the internet. **Creates** an `AWS::Lambda::EventSourceMapping`. The role of the function may read the
/// secrets, and send to `on_failure`; a secret with a key of your own needs a statement that allows `kms:Decrypt` besides. Other brokers
/// or another topic make another mapping, which begins anew where it has no `consumer_group_id`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct KafkaTopicEvent {
    /// Which topic of which brokers. YAML: `customKafkaConfiguration`.
    #[required]
    pub custom_kafka_configuration: CustomKafkaConfiguration,
    /// How many records at most. YAML: `batchSize`.
    pub batch_size: Option<u32>,
    /// For how many seconds records are gathered. YAML: `maxBatchWindowSeconds`.
    pub max_batch_window_seconds: Option<u32>,
    /// Which records. YAML: `filterPatterns`.
    pub filter_patterns: Vec<Expression>,
    /// Where reading begins. YAML: `startingPosition`.
    pub starting_position: StartingPosition,
    /// As which group of consumers Lambda reads. YAML: `consumerGroupId`.
    pub consumer_group_id: Option<String>,
    /// Who is told of records that Lambda gave up. YAML: `onFailure`.
    pub on_failure: Option<FailureDestination>,
    /// Where the event is written.
    pub origin: Origin,
}

/// A topic of Kafka, and how Lambda gets at it. YAML: `customKafkaConfiguration`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct CustomKafkaConfiguration {
    /// Brokers, each as `host:port`: one to ten. YAML: `bootstrapServers`.
    pub bootstrap_servers: Vec<Text>,
    /// The topic. YAML: `topicName`.
    #[required]
    pub topic_name: Text,
    /// Who Lambda is. YAML: `authentication`.
    #[required]
    pub authentication: KafkaAuthentication,
}

impl KafkaTopicEvent {
    /// Records of a topic: one to ten brokers, each as `host:port`; the topic's name, 2 to 249 letters, digits and `._-`; and who Lambda
    /// is. YAML: `bootstrapServers`, `topicName` and `authentication` of `customKafkaConfiguration`. Other brokers make another mapping;
    /// the rest is changed in place.
    #[track_caller]
    pub fn new(
        bootstrap_servers: impl IntoIterator<Item = impl Into<Text>>,
        topic_name: impl Into<Text>,
        authentication: KafkaAuthentication,
    ) -> Self {
        let bootstrap_servers = bootstrap_servers.into_iter().map(Into::into).collect();
        Self {
            custom_kafka_configuration: CustomKafkaConfiguration { bootstrap_servers, topic_name: topic_name.into(), authentication },
            batch_size: None,
            max_batch_window_seconds: None,
            filter_patterns: Vec::new(),
            starting_position: StartingPosition::default(),
            consumer_group_id: None,
            on_failure: None,
            origin: Origin::here(),
        }
    }

    /// Calls the function with so many records at most: 1 to 10,000. YAML: `batchSize`, default 100. Changed in place.
    pub fn batch_size(mut self, records: u32) -> Self {
        self.batch_size = Some(records);
        self
    }

    /// Gathers records for so many seconds, until a batch is full: 0 to 300. YAML: `maxBatchWindowSeconds`, default: half a second.
    /// Changed in place.
    pub fn max_batch_window_seconds(mut self, seconds: u32) -> Self {
        self.max_batch_window_seconds = Some(seconds);
        self
    }

    /// Calls the function with records that match this pattern, or one of several, and passes over all others. A pattern such as
    /// `{"value": {"state": ["paid"]}}` reads the value as JSON. At most 10; an account has 5 until it asks for more. YAML: an entry of
    /// `filterPatterns`, a key of this project, default: every record. Changed in place.
    pub fn filter(mut self, pattern: impl Into<Expression>) -> Self {
        self.filter_patterns.push(pattern.into());
        self
    }

    /// Begins to read here. YAML: `startingPosition`, a key of this project, default `TRIM_HORIZON`: with the oldest record. Another
    /// position needs another mapping, which Lambda refuses beside the old one: leave the event out of one deployment before.
    pub fn starting_position(mut self, position: StartingPosition) -> Self {
        self.starting_position = position;
        self
    }

    /// Reads as this group of consumers, and goes on where it was: 1 to 200 letters, digits and `-/*:_+=.@`, of no other event source.
    /// YAML: `consumerGroupId`, a key of this project, default: a group that Lambda makes for the mapping. Lambda refuses to change it.
    pub fn consumer_group_id(mut self, id: impl Into<String>) -> Self {
        self.consumer_group_id = Some(id.into());
        self
    }

    /// Tells a queue, topic or bucket of records that Lambda gave up: `&queue`, `&topic`, `&bucket`, or a [`FailureDestination`] outside
    /// of the stack. YAML: `onFailure` with `arn` and `type`, keys of this project, default: nobody. Changed in place.
    #[track_caller]
    pub fn on_failure(mut self, target: impl FailureTarget) -> Self {
        self.on_failure = Some(target.destination());
        self
    }

    /// What tells the topic from others: a function reads each source once.
    pub fn source(&self) -> String {
        let CustomKafkaConfiguration { bootstrap_servers, topic_name, authentication: _ } = &self.custom_kafka_configuration;
        let servers: Vec<_> = bootstrap_servers.iter().map(spelling::of_text).collect();
        format!("{} {}", servers.join(","), spelling::of_text(topic_name))
    }

    pub(in crate::function) fn check(&self, at: &mut Check<'_>) {
        self.custom_kafka_configuration.check(&mut at.field("customKafkaConfiguration"));
        check_batch(self.batch_size, self.max_batch_window_seconds, at);
        check_filters(&self.filter_patterns, at);
        if let Some(id) = self.consumer_group_id.as_ref().filter(|id| !is_group(id)) {
            at.field("consumerGroupId").report(&EventSourceIssue::ConsumerGroup { found: id.clone() });
        }
        if let Some(destination) = &self.on_failure {
            destination.check(&mut at.field("onFailure"));
        }
    }
}

/// How many brokers Lambda is told of at most.
const SERVERS_MAX: usize = 10;
const SERVER_MAX: usize = 300;
const TOPIC_MAX: usize = 249;
const GROUP_MAX: usize = 200;

impl CustomKafkaConfiguration {
    fn check(&self, at: &mut Check<'_>) {
        // The same broker twice is one.
        let servers = &self.bootstrap_servers;
        let found = servers.iter().enumerate().filter(|(index, server)| !servers[..*index].contains(server)).count();
        let mut section = at.field("bootstrapServers");
        if !(1..=SERVERS_MAX).contains(&found) {
            section.report(&EventSourceIssue::BootstrapServers { found });
        }
        section.each(servers, |at, server| {
            if let Some(server) = server.as_literal().filter(|server| !is_server(server)) {
                at.report(&EventSourceIssue::BootstrapServer { found: server.to_owned() });
            }
        });
        if let Some(topic) = self.topic_name.as_literal().filter(|topic| !is_topic(topic)) {
            at.field("topicName").report(&EventSourceIssue::TopicName { found: topic.to_owned() });
        }
        self.authentication.check(&mut at.field("authentication"));
    }
}

/// `host:port`.
fn is_server(server: &str) -> bool {
    let is_label = |label: &str| {
        let is_allowed = label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        !label.is_empty() && is_allowed && !label.starts_with('-') && !label.ends_with('-')
    };
    server.len() <= SERVER_MAX
        && server.split_once(':').is_some_and(|(host, port)| {
            let is_port = port.chars().all(|digit| digit.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
            is_port && host.split('.').all(is_label)
        })
}

fn is_topic(topic: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    (2..=TOPIC_MAX).contains(&topic.len()) && !topic.starts_with('.') && topic.chars().all(is_allowed)
}

fn is_group(id: &str) -> bool {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-/*:_+=.@".contains(letter);
    (1..=GROUP_MAX).contains(&id.len()) && id.chars().all(is_allowed)
}
