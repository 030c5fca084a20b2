//! Events of a bus that a queue or a function receives.

use serde::ser::SerializeMap;
use stacktape_macros::Keyed;

use super::{EventBus, EventInput};
use crate::check::Check;
use crate::document::{Decode, Fields, Group, Kind, Reader};
use crate::expression::Expression;
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::sqs_queue::{QueueRef, SqsQueue};
use crate::text::Text;

/// Events of a bus that a queue or a function receives. YAML: `event-bus`.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::event_bus::{EventBus, EventBusEvent};
/// use stacktape_model::sqs_queue::SqsQueue;
/// let bus = EventBus::builder("shop").build();
/// let invoices = SqsQueue::builder("invoices").event(EventBusEvent::new(&bus, json!({"detail-type": ["OrderPlaced"]})));
/// ```
///
/// **Creates** an `AWS::Events::Rule`, and what lets it send: a statement in the queue's policy, or the permission to call the function.
/// A change replaces them, without an interruption.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct EventBusEvent {
    /// The bus.
    #[group]
    pub bus: BusRef,
    /// Which events of the bus, in `EventBridge`'s own JSON. YAML: `eventPattern`.
    #[required]
    pub event_pattern: Expression,
    /// What is sent instead of the whole event.
    #[group]
    pub input: EventInput,
    /// Where events go that could not be delivered. YAML: `onDeliveryFailure`.
    pub on_delivery_failure: Option<QueueRef>,
    /// The group of the messages; a FIFO queue needs one, a function knows none. YAML: `messageGroupId`.
    pub message_group_id: Option<String>,
    /// Where the event is written.
    pub origin: Origin,
}

/// A bus that events come from.
#[derive(Clone, Debug, PartialEq)]
pub enum BusRef {
    /// A bus of the stack. YAML: `eventBusName`.
    Named(ResourceRef),
    /// A bus outside of the stack. YAML: `eventBusArn`.
    Arn(Text),
    /// The bus that AWS itself puts events on. YAML: `useDefaultBus: true`.
    Default,
}

impl EventBusEvent {
    /// The events of a bus of the stack that match a pattern.
    #[track_caller]
    pub fn new(bus: &EventBus, event_pattern: impl Into<Expression>) -> Self {
        Self::of(BusRef::Named(ResourceRef::new(bus.name(), ResourceKind::EventBus)), event_pattern)
    }

    /// The events of a bus outside of the stack that match a pattern. YAML: `eventBusArn`.
    #[track_caller]
    pub fn of_arn(arn: impl Into<Text>, event_pattern: impl Into<Expression>) -> Self {
        Self::of(BusRef::Arn(arn.into()), event_pattern)
    }

    /// The events of AWS itself, and of whoever else uses the default bus, that match a pattern. YAML: `useDefaultBus: true`.
    #[track_caller]
    pub fn of_default_bus(event_pattern: impl Into<Expression>) -> Self {
        Self::of(BusRef::Default, event_pattern)
    }

    #[track_caller]
    fn of(bus: BusRef, event_pattern: impl Into<Expression>) -> Self {
        let (event_pattern, origin) = (event_pattern.into(), Origin::here());
        Self { bus, event_pattern, input: EventInput::Whole, on_delivery_failure: None, message_group_id: None, origin }
    }

    /// Sends always the same, as JSON. YAML: `input`, default: the event.
    pub fn input(mut self, input: impl Into<Expression>) -> Self {
        self.input = EventInput::Fixed(input.into());
        self
    }

    /// Sends a part of the event. YAML: `inputPath`, such as `$.detail`, at most 256 characters.
    pub fn input_path(mut self, path: impl Into<String>) -> Self {
        self.input = EventInput::Path(path.into());
        self
    }

    /// Sends a text with parts of the event: `input_transformer([("id", "$.detail.id")], "order <id>")`. YAML: `inputTransformer`.
    pub fn input_transformer<K: Into<String>, P: Into<String>>(
        mut self,
        paths: impl IntoIterator<Item = (K, P)>,
        template: impl Into<String>,
    ) -> Self {
        self.input = EventInput::transformer(paths, template);
        self
    }

    /// Keeps what could not be delivered in a queue of the stack. YAML: `onDeliveryFailure.sqsQueueName`.
    #[track_caller]
    pub fn on_delivery_failure(mut self, queue: &SqsQueue) -> Self {
        self.on_delivery_failure = Some(QueueRef::of(queue));
        self
    }

    /// Keeps what could not be delivered in a queue outside of the stack. YAML: `onDeliveryFailure.sqsQueueArn`.
    pub fn on_delivery_failure_arn(mut self, arn: impl Into<Text>) -> Self {
        self.on_delivery_failure = Some(QueueRef::Arn(arn.into()));
        self
    }

    /// Sends messages of this group; a FIFO queue needs one. YAML: `messageGroupId`.
    pub fn message_group_id(mut self, group: impl Into<String>) -> Self {
        self.message_group_id = Some(group.into());
        self
    }
}

const BUS_NAME: &str = "eventBusName";
const BUS_ARN: &str = "eventBusArn";
const DEFAULT_BUS: &str = "useDefaultBus";

impl BusRef {
    /// The key under which it is written.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Named(_) => BUS_NAME,
            Self::Arn(_) => BUS_ARN,
            Self::Default => DEFAULT_BUS,
        }
    }
}

impl Group for BusRef {
    const KEYS: &'static [&'static str] = &[BUS_NAME, BUS_ARN, DEFAULT_BUS];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        match fields.one_of(Self::KEYS, at)? {
            (BUS_NAME, name) => ResourceRef::decode(name, ResourceKind::EventBus, &mut at.field(BUS_NAME)).map(Self::Named),
            (BUS_ARN, arn) => Text::decode(arn, &mut at.field(BUS_ARN)).map(Self::Arn),
            (_, tree) if matches!(tree.kind, Kind::Bool(true)) => Some(Self::Default),
            (_, tree) => at.field(DEFAULT_BUS).wrong(tree, "`true`, or a bus by its name or ARN"),
        }
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Named(name) => map.serialize_entry(BUS_NAME, name),
            Self::Arn(arn) => map.serialize_entry(BUS_ARN, arn),
            Self::Default => map.serialize_entry(DEFAULT_BUS, &true),
        }
    }
}

impl EventBusEvent {
    /// Checks the event of a queue.
    pub(crate) fn check_of_queue(&self, is_fifo: bool, at: &mut Check<'_>) {
        self.check(at);
        if is_fifo && self.message_group_id.is_none() {
            at.report(&EventBusEventIssue::NoMessageGroup);
        }
    }

    /// Checks the event of a function.
    pub(crate) fn check_of_function(&self, at: &mut Check<'_>) {
        self.check(at);
        if self.message_group_id.is_some() {
            at.field("messageGroupId").report(&EventBusEventIssue::MessageGroup);
        }
    }

    fn check(&self, at: &mut Check<'_>) {
        check_pattern(&self.event_pattern, true, &mut at.field("eventPattern"));
        self.input.check(at);
        if let Some(queue) = &self.on_delivery_failure {
            queue.check(&mut at.field("onDeliveryFailure").field(queue.key()));
        }
    }

    /// What may hold parameters of resources, each with its key.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (&'static str, &Expression)> {
        std::iter::once(("eventPattern", &self.event_pattern)).chain(self.input.expression())
    }
}

/// A pattern is a map of maps, with lists of what is matched at the end.
pub(crate) fn check_pattern(pattern: &Expression, whole: bool, at: &mut Check<'_>) {
    match pattern {
        Expression::Map(entries) if !entries.is_empty() => {
            for (key, entry) in entries {
                check_pattern(entry, false, &mut at.field(key));
            }
        }
        Expression::List(items) if !whole && !items.is_empty() => {}
        _ => at.report(&EventBusEventIssue::Pattern),
    }
}

/// Mistakes in events of buses.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "event_bus_event")]
#[non_exhaustive]
pub enum EventBusEventIssue {
    /// `EventBridge` matches lists of values.
    #[error("found another value than a map or a list with something in it, expected maps with lists of values at their ends")]
    #[issue(
        help = "write a pattern such as `json!({{\"source\": [\"my.shop\"], \"detail\": {{\"state\": [\"paid\"]}}}})`",
        yaml = "write a pattern such as `{{source: [my.shop], detail: {{state: [paid]}}}}`",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"
    )]
    Pattern,
    /// A FIFO queue keeps the order of a group.
    #[error("found an event for a FIFO queue without a group, expected the group of its messages")]
    #[issue(
        help = "add `.message_group_id(\"orders\")`",
        yaml = "add `messageGroupId: orders`",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html"
    )]
    NoMessageGroup,
    /// Only queues know groups.
    #[error("found a group of messages on an event of a function, expected it on that of a queue")]
    #[issue(
        help = "remove `.message_group_id(..)`, or let a FIFO queue receive the event",
        yaml = "remove `messageGroupId`, or let a FIFO queue receive the event",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_SqsParameters.html"
    )]
    MessageGroup,
    /// `EventBridge` sends what it cannot deliver to a queue that is not FIFO.
    #[error("found a FIFO queue for what could not be delivered, expected one that is not FIFO")]
    #[issue(help = "name another queue", docs = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html")]
    FifoFailure,
    /// A path leads into the event.
    #[error("found the path `{path}`, expected `$` and what follows, at most 256 characters")]
    #[issue(
        help = "write a path such as `$.detail.id`",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"
    )]
    InputPath {
        /// What was found.
        path: String,
    },
    /// `EventBridge`'s limit of names.
    #[error("found {found} paths, expected at most 100")]
    #[issue(
        help = "send a larger part of the event under one name",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html"
    )]
    TooManyPaths {
        /// How many there are.
        found: usize,
    },
}
