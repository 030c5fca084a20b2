//! Events of a bus become a rule that calls the function.

use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::function::Function;

use super::{permit_rule, target};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::event_rule;
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &EventBusEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    let name = function.name();
    let id = logical_id::event_rule(name, event);
    permit_rule(&logical_id::event_permission(name, event), name, &id, fragment);
    fragment.add(&id, event_rule::of_bus(event, target(name), plan));
}
