//! What streams do not take of the whole stack.

use crate::check::{Check, Resources};
use crate::kinesis_stream::{KinesisStream, KinesisStreamIssue};
use crate::resource::ResourceType;
use crate::stack_config::StackConfig;

const TAG_VALUE_MAX: usize = 255;

/// Checks the tags of a stack that has streams.
pub(crate) fn check(resources: Resources<'_>, config: &StackConfig, root: &mut Check<'_>) {
    if !resources.iter().any(|resource| KinesisStream::of(resource).is_some()) {
        return;
    }
    root.field("stackConfig").field("tags").each(&config.tags, |at, tag| {
        // Longer ones nothing takes, which is told elsewhere.
        if tag.value.chars().count() == TAG_VALUE_MAX + 1 {
            at.written_here(tag.origin).field("value").report(&KinesisStreamIssue::TagValue { name: tag.name.clone() });
        }
    });
}
