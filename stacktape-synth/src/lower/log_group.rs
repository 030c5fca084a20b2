//! Log groups that go with the stack.

use stacktape_model::log_forwarding::LogForwarding;

use crate::cfn::{Id, kinesis_firehose as firehose, logs};
use crate::fragment::Fragment;
use crate::lower::log_forwarding;
use crate::physical_name;
use crate::plan::Plan;

/// CloudWatch Logs' longest name.
const NAME_MAX: usize = 512;

/// A log group, and what forwards its lines, where they are forwarded.
pub(super) struct LogGroup<'a> {
    pub(super) id: Id<logs::LogGroup>,
    /// The name in CloudWatch Logs, however long.
    pub(super) name: String,
    pub(super) retention_days: u16,
    pub(super) forwarding: Option<Forwarding<'a>>,
}

/// What forwards the lines of a log group.
pub(super) struct Forwarding<'a> {
    pub(super) to: &'a LogForwarding,
    pub(super) stream: Id<firehose::DeliveryStream>,
    pub(super) subscription: Id<logs::SubscriptionFilter>,
}

/// Lowers the log groups of one resource, and what forwards their lines.
pub(super) fn lower(owner: &str, groups: &[LogGroup<'_>], plan: &Plan<'_>, fragment: &mut Fragment) {
    for group in groups {
        let resource = logs::LogGroup::new()
            .log_group_name(physical_name::cut(group.name.clone(), NAME_MAX))
            .retention_in_days(group.retention_days)
            .tags(plan.tags.list());
        fragment.add(&group.id, resource).on_removal("Delete");
    }
    log_forwarding::lower(owner, groups, plan, fragment);
}
