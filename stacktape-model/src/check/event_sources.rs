//! What Lambda reads for functions, over the whole stack.

use crate::check::{Check, Resources};
use crate::function::{EventSourceIssue, Function, FunctionEvent};
use crate::nested::written_name;
use crate::sqs_queue::SqsQueue;
use crate::table::Set;

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
                let queue = event.queue.in_stack().and_then(|name| resources.all::<SqsQueue>().find(|queue| queue.name() == name));
                event.check_with(queue, function.timeout_seconds(), &mut at);
            }
        });
    }
}
