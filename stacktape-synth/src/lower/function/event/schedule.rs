//! Schedules become rules of the default bus.

use stacktape_model::function::{Function, ScheduleEvent};

use super::permit;
use crate::cfn::events::{self, rule};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::event_rule;
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &ScheduleEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let ScheduleEvent { schedule_rate, input, origin: _ } = event;
    let target = rule::Target::new(logical_id::function(function.name()).att_arn(), "function");
    let resource = events::Rule::new()
        .schedule_expression(schedule_rate.clone())
        .state(rule::State::Enabled)
        .targets(vec![event_rule::with_input(target, input, plan.stack)])
        .tags(plan.tags.list());
    let id = logical_id::schedule_rule(function.name(), event);
    permit(&logical_id::schedule_permission(function.name(), event), function.name(), "events.amazonaws.com", id.att_arn(), fragment);
    fragment.add(&id, resource);
}
