//! Schedules become rules of the default bus.

use stacktape_model::function::{Function, ScheduleEvent};

use super::{permit_rule, target};
use crate::cfn::events::{self, rule};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::event_rule;
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &ScheduleEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let ScheduleEvent { schedule_rate, input, origin: _ } = event;
    let resource = events::Rule::new()
        .schedule_expression(schedule_rate.clone())
        .state(rule::State::Enabled)
        .targets(vec![event_rule::with_input(target(function.name()), input, plan.stack)])
        .tags(plan.tags.list());
    let id = logical_id::schedule_rule(function.name(), event);
    permit_rule(&logical_id::schedule_permission(function.name(), event), function.name(), &id, fragment);
    fragment.add(&id, resource);
}
