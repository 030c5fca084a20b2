//! `event-bus`: a bus of Amazon `EventBridge`.

mod event;
mod input;

pub(crate) use event::check_pattern;
pub use event::{BusRef, EventBusEvent, EventBusEventIssue};
pub use input::EventInput;

use stacktape_macros::model;

use crate::check::Check;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A bus, whose rules send events on to whatever handles them. YAML: `event-bus`.
///
/// ```
/// use stacktape_model::event_bus::{Archivation, EventBus};
/// let orders = EventBus::builder("orders").archivation(Archivation::builder().retention_days(90)).build();
/// ```
///
/// **Creates** an `AWS::Events::EventBus`, and an `AWS::Events::Archive` where events are archived.
///
/// **Defaults**: nobody outside the account may put events; nothing is archived.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct EventBus {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the bus.
    #[argument]
    pub(crate) name: String,
    /// Takes the events of a partner of AWS; then this is the name of the bus as well. YAML: `eventSourceName`, such as
    /// `aws.partner/example.com/42`. A change replaces the bus.
    pub(crate) event_source_name: Option<String>,
    /// Keeps the events, so that they can be replayed. YAML: `archivation`, default: off. Changed in place.
    pub(crate) archivation: Option<Archivation>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// An archive of all events of a bus. YAML: `archivation`.
#[model(switch)]
pub struct Archivation {
    /// For how many days events are kept. YAML: `retentionDays`, default: for ever, as with 0.
    retention_days: Option<u32>,
}

const PARTNER: &str = "aws.partner/";
const NAME_MAX: usize = 256;

impl EventBus {
    /// The bus's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bus's ARN, by which programs put events. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(EventBusParam::Arn)
    }

    /// The ARN of the archive, of a bus that has one. YAML: `$ResourceParam('..', 'archiveArn')`.
    #[track_caller]
    pub fn archive_arn(&self) -> Text {
        self.param(EventBusParam::ArchiveArn)
    }

    #[track_caller]
    fn param(&self, param: EventBusParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::EventBus), param: Param::EventBus(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Some(name) = &self.event_source_name
            && !is_partner_source(name)
        {
            at.field("eventSourceName").report(&EventBusIssue::EventSourceName { name: name.clone() });
        }
    }
}

/// `aws.partner/` and at least two words behind it.
fn is_partner_source(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(letter));
    name.len() <= NAME_MAX && name.strip_prefix(PARTNER).is_some_and(|rest| rest.contains('/') && rest.split('/').all(is_word))
}

/// What other resources may know of a bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventBusParam {
    /// `arn`.
    Arn,
    /// `archiveArn`, of a bus that archives.
    ArchiveArn,
}

impl EventBusParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 2] = [Self::Arn, Self::ArchiveArn];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::ArchiveArn => "archiveArn",
        }
    }
}

/// Mistakes in buses.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "event_bus")]
#[non_exhaustive]
pub enum EventBusIssue {
    /// The names of sources that partners of AWS offer.
    #[error(
        "found the event source `{name}`, expected `aws.partner/` and at least two words of letters, digits and `.-_`, 256 characters in all"
    )]
    #[issue(
        help = "write the name as the partner's console shows it, such as `aws.partner/example.com/42`",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html"
    )]
    EventSourceName {
        /// What was found.
        name: String,
    },
    /// The bus of a partner's source has the name of the source.
    #[error("found the event source `{name}` a second time, expected it on `{other}` alone")]
    #[issue(help = "use the bus `{other}`", docs = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html")]
    SourceTwice {
        /// The source.
        name: String,
        /// The bus that has it.
        other: String,
    },
}
