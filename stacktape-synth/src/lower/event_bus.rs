//! `event-bus` becomes a bus of `EventBridge`, with an archive where it archives.

use stacktape_model::event_bus::{Archivation, ArchivationParts, EventBus, EventBusParam, EventBusParts};

use crate::cfn::{PropertyType, Value, events};
use crate::fragment::Fragment;
use crate::plan::Plan;
use crate::policy::Grant;
use crate::{logical_id, physical_name};

const BUS_NAME_MAX: usize = 256;

pub(super) fn lower(bus: &EventBus, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let EventBusParts {
        name,
        event_source_name,
        archivation,
        overrides: _, // applied when the template is merged
    } = bus.parts();
    let id = logical_id::event_bus(name);
    // A bus has no name by itself, and that of a partner's events has the name of their source.
    let bus_name = event_source_name.clone().unwrap_or_else(|| physical_name::of(plan.stack.name(), name, BUS_NAME_MAX));
    let resource =
        events::EventBus::new(bus_name).set_some(event_source_name.clone(), events::EventBus::event_source_name).tags(plan.tags.list());
    fragment.add(&id, resource);
    if let Some(ArchivationParts { retention_days }) = archivation.as_ref().map(Archivation::parts) {
        let archive = events::Archive::new(id.att_arn()).set_some(*retention_days, events::Archive::retention_days);
        fragment.add(&logical_id::archive(name), archive);
    }
}

/// A parameter of a bus.
pub(super) fn param(bus: &str, param: EventBusParam) -> Value<String> {
    match param {
        EventBusParam::Arn => logical_id::event_bus(bus).att_arn(),
        EventBusParam::ArchiveArn => logical_id::archive(bus).att_arn(),
    }
}

/// What a workload that is connected to the bus may do.
pub(super) fn grants(bus: &EventBus) -> Vec<Grant> {
    vec![Grant::new(["events:PutEvents"], [logical_id::event_bus(bus.name()).att_arn()])]
}
