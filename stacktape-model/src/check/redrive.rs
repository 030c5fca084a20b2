//! Queues that hand messages on to each other, and buses and topics that send to them, over the whole stack.

use crate::check::{Check, Resources};
use crate::event_bus::{EventBusEvent, EventBusEventIssue};
use crate::function::{Function, FunctionEvent, SnsEventIssue};
use crate::nested::written_name;
use crate::report::Issue;
use crate::resource::ResourceType;
use crate::sqs_queue::{QueueEvent, QueueRef, SqsQueue, SqsQueueIssue};
use crate::table::{Set, Table, sort_by};

/// Checks that messages go to a queue of the same kind, and never in a circle.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut queues: Vec<_> = resources.iter().filter_map(SqsQueue::of).collect();
    // Of two with one name, the order of adding must not decide.
    sort_by(&mut queues, |one, other| (one.name(), one.origin.place()).cmp(&(other.name(), other.origin.place())));
    let queues: Table<_, _> = queues.into_iter().map(|queue| (queue.name(), queue)).collect();
    let mut at = root.field("resources");
    let mut senders = Senders::default();
    for queue in queues.values() {
        let mut at = at.field(written_name(queue.name())).written_at(queue.origin);
        at.field("events").each(&queue.events, |at, QueueEvent::EventBus(event)| {
            senders.buses.insert(queue.name());
            check_bus_event(event, &queues, &mut senders, at);
        });
    }
    for function in resources.all::<Function>() {
        let mut at = at.field(written_name(function.name())).written_at(function.origin());
        at.field("events").each(function.events(), |at, event| match event {
            FunctionEvent::EventBus(event) => check_bus_event(event, &queues, &mut senders, at),
            FunctionEvent::Sns(event) => {
                let failed = event.on_delivery_failure.as_ref();
                let mut at = at.written_here(event.origin);
                if let Some(failed) = check_failure(failed, &queues, &SnsEventIssue::FifoFailure, &mut at) {
                    senders.topics.insert(failed);
                }
            }
            _ => {}
        });
    }
    for queue in queues.values() {
        let name = queue.name();
        let found = queue.policy_statements.len() + usize::from(senders.buses.contains(name)) + usize::from(senders.topics.contains(name));
        if found > STATEMENTS_MAX {
            let mut at = at.field(written_name(queue.name())).written_at(queue.origin);
            at.field("policyStatements").report(&SqsQueueIssue::TooManyStatements { found });
        }
    }
    for queue in queues.values() {
        let Some(redrive) = &queue.redrive_policy else { continue };
        let mut at = at.field(written_name(queue.name())).written_at(queue.origin);
        let mut section = at.field("redrivePolicy");
        let mut at = section.field(redrive.target_key());
        if redrive.target.is_fifo(|name| queues.get(name).copied()).is_some_and(|is_fifo| is_fifo != queue.fifo_enabled) {
            at.report(&RedriveIssue::FifoMismatch { name: queue.name().to_owned(), fifo: queue.fifo_enabled });
        }
        let circle = circle(queue, &queues);
        // Each circle is told once, of its first queue.
        if circle.iter().min() == Some(&queue.name()) {
            at.report(&RedriveIssue::Circle { circle: circle.join("` -> `") });
        }
    }
}

const STATEMENTS_MAX: usize = 20;

/// The queues of the stack that something sends to: one statement of a queue's policy lets all buses send, and another one all topics.
#[derive(Default)]
struct Senders<'a> {
    buses: Set<&'a str>,
    topics: Set<&'a str>,
}

/// Checks that what could not be delivered goes to a queue that is not FIFO; returns the queue where it is one of the stack.
fn check_failure<'a>(
    failed: Option<&'a QueueRef>,
    queues: &Table<&str, &SqsQueue>,
    issue: &dyn Issue,
    at: &mut Check<'_>,
) -> Option<&'a str> {
    let failed = failed?;
    if failed.is_fifo(|name| queues.get(name).copied()) == Some(true) {
        at.field("onDeliveryFailure").field(failed.key()).report(issue);
    }
    failed.in_stack()
}

fn check_bus_event<'a>(event: &'a EventBusEvent, queues: &Table<&str, &SqsQueue>, senders: &mut Senders<'a>, at: &mut Check<'_>) {
    let failed = event.on_delivery_failure.as_ref();
    if let Some(failed) = check_failure(failed, queues, &EventBusEventIssue::FifoFailure, &mut at.written_here(event.origin)) {
        senders.buses.insert(failed);
    }
}

/// The queues from this one back to itself, where messages can come back.
fn circle<'a>(start: &'a SqsQueue, queues: &Table<&str, &'a SqsQueue>) -> Vec<&'a str> {
    let mut passed = vec![start.name()];
    let mut queue = start;
    while let Some(redrive) = &queue.redrive_policy {
        let Some(next) = redrive.target.in_stack().and_then(|next| queues.get(next)) else { break };
        if next.name() == start.name() {
            return passed;
        }
        if passed.contains(&next.name()) {
            break;
        }
        passed.push(next.name());
        queue = next;
    }
    Vec::new()
}

/// Mistakes in how queues hand messages on.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "redrive")]
#[non_exhaustive]
pub enum RedriveIssue {
    /// A FIFO queue hands its messages on to a FIFO queue, any other queue to one that is none.
    #[error("found a redrive from `{name}`, whose `fifoEnabled` is {fifo}, to a queue of the other kind, expected both FIFO or neither")]
    #[issue(
        help = "set `.fifo_enabled(..)` of both queues to the same",
        yaml = "set `fifoEnabled` of both queues to the same",
        docs = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"
    )]
    FifoMismatch {
        /// The queue that the messages come from.
        name: String,
        /// Whether it is FIFO.
        fifo: bool,
    },
    /// Each queue would have to be created after the other one.
    #[error("found the circle of queues `{circle}`, expected one at the end that hands nothing on")]
    #[issue(
        help = "remove one `.redrive_policy(..)`",
        yaml = "remove one `redrivePolicy`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-dependence-error"
    )]
    Circle {
        /// The queues, each after the one that it gets messages of.
        circle: String,
    },
}
