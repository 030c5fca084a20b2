//! Addresses of workloads, over the whole stack.

use std::collections::BTreeMap;

use crate::check::Check;
use crate::check::routing::workload;
use crate::container::{Event, ServiceConnectIssue};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::resource::Resource;

/// Checks that each address leads to one workload.
pub(crate) fn check(resources: &[Resource], root: &mut Check<'_>) {
    // In the order of names, so that the finding does not depend on the order of adding.
    let mut workloads: Vec<_> = resources.iter().filter_map(workload).collect();
    workloads.sort_by_key(|workload| (workload.name(), workload.origin.place()));
    let mut owners: BTreeMap<(String, u16), &str> = BTreeMap::new();
    let mut at = root.field("resources");
    for workload in workloads {
        check_workload(workload, &mut owners, &mut at.field(workload.name()));
    }
}

fn check_workload<'a>(workload: &'a MultiContainerWorkload, owners: &mut BTreeMap<(String, u16), &'a str>, at: &mut Check<'_>) {
    at.field("containers").each(&workload.containers, |at, container| {
        at.written_here(container.origin).field("events").each(&container.events, |at, event| {
            let Event::ServiceConnect(event) = event else { return };
            let (alias, port) = (event.alias_in(workload.name(), container.name()), event.container_port);
            let owner = *owners.entry((alias.clone(), port)).or_insert(workload.name());
            // Twice in one workload is twice at one port, which is a finding of its own.
            if owner != workload.name() {
                at.field("alias").report(&ServiceConnectIssue::AddressTwice { alias, port, other: owner.to_owned() });
            }
        });
    });
}
