//! What Lambda reads for functions, over the whole stack.

use crate::arn;
use crate::check::{Check, Resources};
use crate::function::{EventSourceIssue, Function, FunctionEvent, SqsEvent};
use crate::nested::written_name;
use crate::sqs_queue::{QueueRef, SqsQueue};
use crate::table::Set;

/// How long SQS hides a message where nothing is said.
const VISIBILITY_DEFAULT: u32 = 30;
/// What Lambda takes of a FIFO queue, or without a window.
const MESSAGES_MAX: u32 = 10;
/// Lambda's longest window.
const WINDOW_MAX: u32 = 300;
/// By how much AWS recommends that a message is hidden for longer than a function may take.
const TIMES: u32 = 6;

/// Checks that a function reads each source once, and in a way that its queue allows.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut at = root.field("resources");
    for function in resources.all::<Function>() {
        let mut at = at.field(written_name(&function.name)).written_at(function.origin);
        let mut sources = Set::new();
        let mut seen: Vec<&FunctionEvent> = Vec::new();
        at.field("events").each(&function.events, |at, event| {
            let mut at = at.written_here(event.origin());
            // The same event twice is one.
            if seen.contains(&event) {
                return;
            }
            seen.push(event);
            if event.source().is_some_and(|source| !sources.insert(source)) {
                at.report(&EventSourceIssue::SourceTwice);
            }
            if let FunctionEvent::Sqs(event) = event {
                check_queue(event, function, resources, &mut at);
            }
        });
    }
}

fn check_queue(event: &SqsEvent, function: &Function, resources: Resources<'_>, at: &mut Check<'_>) {
    let window = event.max_batch_window_seconds.unwrap_or_default();
    let queue = event.queue.in_stack().and_then(|name| resources.all::<SqsQueue>().find(|queue| queue.name() == name));
    let is_fifo = match (&event.queue, queue) {
        (_, Some(queue)) => queue.is_fifo(),
        (QueueRef::Arn(arn), None) => arn.as_literal().is_some_and(arn::is_fifo),
        (QueueRef::Named(_), None) => false,
    };
    if let Some(found) = event.batch_size.filter(|found| (MESSAGES_MAX + 1..=10_000).contains(found)) {
        if is_fifo {
            at.field("batchSize").report(&EventSourceIssue::BatchSize { found, most: MESSAGES_MAX });
        } else if window == 0 {
            at.field("batchSize").report(&EventSourceIssue::NoBatchWindow { found });
        }
    }
    if is_fifo && window > 0 {
        at.field("maxBatchWindowSeconds").report(&EventSourceIssue::FifoBatchWindow { found: window });
    }
    let Some(queue) = queue else { return };
    let found = queue.visibility_timeout_seconds.unwrap_or(VISIBILITY_DEFAULT);
    let timeout = u32::from(function.timeout_seconds());
    // Of a FIFO queue there is no window, and what is wrong about it is told above.
    let recommended = timeout * TIMES + if is_fifo { 0 } else { window.min(WINDOW_MAX) };
    let name = queue.name().to_owned();
    let mut at = at.field(event.queue.key());
    if found < timeout {
        at.report(&EventSourceIssue::VisibilityTimeout { queue: name, found, timeout, recommended });
    } else if found < recommended {
        at.report(&EventSourceIssue::ShortVisibilityTimeout { queue: name, found, recommended });
    }
}
