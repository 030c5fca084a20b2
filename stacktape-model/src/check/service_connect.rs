//! Addresses of workloads, over the whole stack.

use crate::check::{Check, Resources};
use crate::container::{ServiceConnectEvent, ServiceConnectIssue};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::{service_of, written_name};
use crate::private_service::PrivateServiceIssue;
use crate::table::Table;

/// Checks that each address leads to one workload.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut owners: Table<(String, u16), &str> = Table::new();
    let mut at = root.field("resources");
    for workload in resources.workloads {
        check_workload(workload, &mut owners, &mut at.field(written_name(workload.name())));
    }
}

fn check_workload<'a>(workload: &'a MultiContainerWorkload, owners: &mut Table<(String, u16), &'a str>, at: &mut Check<'_>) {
    for ((container, index), event) in workload.placed_events::<ServiceConnectEvent>() {
        let (alias, port) = (event.alias_in(workload.name(), workload.containers[container].name()), event.container_port);
        let owner = *owners.entry((alias.clone(), port)).or_insert(workload.name());
        // Twice in one workload is twice at one port, which is a finding of its own.
        if owner != workload.name() {
            let mut at = workload.at_container(container, at);
            let other = written_name(owner).to_owned();
            if service_of(workload.name()).is_some() {
                at.report(&PrivateServiceIssue::AddressTwice { address: format!("{alias}:{port}"), other });
            } else {
                at.element("events", index).field("alias").report(&ServiceConnectIssue::AddressTwice { alias, port, other });
            }
        }
    }
}
