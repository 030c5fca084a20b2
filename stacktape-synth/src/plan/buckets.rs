//! Which buckets send their events to `EventBridge`, because a function waits for them.

use stacktape_model::function::{Function, S3Event};
use stacktape_model::stack::ValidStack;
use stacktape_model::table::Set;

/// The buckets of the stack whose events call functions.
pub(super) fn watched(stack: &ValidStack) -> Set<&str> {
    stack.all::<Function>().flat_map(Function::events_of::<S3Event>).filter_map(S3Event::bucket_in_stack).collect()
}
