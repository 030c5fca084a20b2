//! Buses of partners, over the whole stack.

use crate::check::{Check, Resources};
use crate::event_bus::{EventBus, EventBusIssue};
use crate::nested::written_name;
use crate::resource::ResourceType;
use crate::table::{Table, sort_by};

/// Checks that each source of a partner has one bus.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut buses: Vec<_> = resources.iter().filter_map(EventBus::of).collect();
    sort_by(&mut buses, |one, other| (one.name(), one.origin.place()).cmp(&(other.name(), other.origin.place())));
    let mut owners = Table::new();
    let mut at = root.field("resources");
    for bus in buses {
        let Some(source) = &bus.event_source_name else { continue };
        let owner = *owners.entry(source).or_insert(bus.name());
        if owner != bus.name() {
            let mut at = at.field(written_name(bus.name())).written_at(bus.origin);
            at.field("eventSourceName").report(&EventBusIssue::SourceTwice { name: source.clone(), other: owner.to_owned() });
        }
    }
}
