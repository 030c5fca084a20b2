//! Queues that hand messages on to each other, and buses that send to them, over the whole stack.

use crate::check::{Check, Resources};
use crate::event_bus::{EventBusEvent, EventBusEventIssue, QueueRef};
use crate::nested::written_name;
use crate::resource::ResourceType;
use crate::sqs_queue::{RedrivePolicy, RedriveTarget, SqsQueue, SqsQueueIssue};
use crate::table::{Set, Table, sort_by};

/// Checks that messages go to a queue of the same kind, and never in a circle.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut queues: Vec<_> = resources.iter().filter_map(SqsQueue::of).collect();
    // Of two with one name, the order of adding must not decide.
    sort_by(&mut queues, |one, other| (one.name(), one.origin.place()).cmp(&(other.name(), other.origin.place())));
    let queues: Table<_, _> = queues.into_iter().map(|queue| (queue.name(), queue)).collect();
    let mut at = root.field("resources");
    let mut sent_to = Set::new();
    for queue in queues.values() {
        check_events(queue, &queues, &mut at);
        if !queue.events.is_empty() {
            sent_to.insert(queue.name());
        }
        for failed in queue.events.iter().filter_map(failure_queue) {
            sent_to.insert(failed);
        }
    }
    for queue in queues.values() {
        let found = queue.policy_statements.len() + usize::from(sent_to.contains(queue.name()));
        if found > STATEMENTS_MAX {
            let mut at = at.field(written_name(queue.name())).written_at(queue.origin);
            at.field("policyStatements").report(&SqsQueueIssue::TooManyStatements { found });
        }
    }
    for queue in queues.values() {
        let Some(RedrivePolicy { target, .. }) = &queue.redrive_policy else { continue };
        let mut at = at.field(written_name(queue.name())).written_at(queue.origin);
        let mut section = at.field("redrivePolicy");
        let mut at = section.field(target.key());
        let is_fifo = match target {
            RedriveTarget::Queue(other) => queues.get(other.name.as_str()).map(|other| other.fifo_enabled),
            RedriveTarget::Arn(arn) => arn.as_literal().map(is_fifo_arn),
        };
        if is_fifo.is_some_and(|is_fifo| is_fifo != queue.fifo_enabled) {
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

/// The name of a FIFO queue ends so, in small letters.
fn is_fifo_arn(arn: &str) -> bool {
    arn.strip_suffix(".fifo").is_some()
}

/// The queue of the stack that keeps what could not be delivered.
fn failure_queue(event: &EventBusEvent) -> Option<&str> {
    match &event.on_delivery_failure {
        Some(QueueRef::Named(queue)) => Some(&queue.name),
        Some(QueueRef::Arn(_)) | None => None,
    }
}

fn check_events(queue: &SqsQueue, queues: &Table<&str, &SqsQueue>, at: &mut Check<'_>) {
    let mut at = at.field(written_name(queue.name())).written_at(queue.origin);
    at.field("events").each(&queue.events, |at, event| {
        let Some(failed) = &event.on_delivery_failure else { return };
        let is_fifo = match failed {
            QueueRef::Named(other) => queues.get(other.name.as_str()).is_some_and(|other| other.fifo_enabled),
            QueueRef::Arn(arn) => arn.as_literal().is_some_and(is_fifo_arn),
        };
        if is_fifo {
            at.field("onDeliveryFailure").field(failed.key()).report(&EventBusEventIssue::FifoFailure);
        }
    });
}

/// The queues from this one back to itself, where messages can come back.
fn circle<'a>(start: &'a SqsQueue, queues: &Table<&str, &'a SqsQueue>) -> Vec<&'a str> {
    let mut passed = vec![start.name()];
    let mut queue = start;
    while let Some(RedrivePolicy { target: RedriveTarget::Queue(next), .. }) = &queue.redrive_policy {
        let Some(next) = queues.get(next.name.as_str()) else { break };
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
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
