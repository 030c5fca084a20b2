//! Buses.

use proptest::option;
use proptest::prelude::*;

use super::raw_resource::override_of;
use super::surroundings::Named;
use crate::event_bus::{Archivation, EventBus};

/// Buses with any of their properties; those of a partner have the name of its source. Shrinks to one without any.
pub fn event_bus(name: impl Into<String>) -> BoxedStrategy<EventBus> {
    let name = name.into();
    named().prop_map(move |make| make.named(&name)).boxed()
}

const OVERRIDES: &[(&str, &str, &str)] = &[("EventBus", "Description", "\"Orders\"")];

pub(super) fn named() -> BoxedStrategy<Named<EventBus>> {
    let archivation = option::of(option::of(0..=3650_u32));
    (option::of(Just("aws.partner/")), archivation, override_of(OVERRIDES))
        .prop_map(|(partner, archivation, overrides)| {
            Named::new(move |name| {
                let mut bus = EventBus::builder(name).overrides(overrides.iter().map(|role| role.of(name)));
                if let Some(partner) = partner {
                    bus = bus.event_source_name(format!("{partner}example.com/{name}"));
                }
                match archivation {
                    Some(Some(days)) => bus.archivation(Archivation::builder().retention_days(days)).build(),
                    Some(None) => bus.archivation(Archivation::builder()).build(),
                    None => bus.build(),
                }
            })
        })
        .boxed()
}
