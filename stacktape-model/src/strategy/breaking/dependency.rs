//! Mistakes in the order of containers.

use super::planting::{Mistake, Planting, WORKLOAD, planted};
use crate::container::{Condition, Container, ContainerBuilder};

const CONDITIONS: [Condition; 2] = [Condition::Start, Condition::Healthy];

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("dependency::unknown", WORKLOAD, |planting| {
        let condition = planting.one(&[Condition::Start, Condition::Complete, Condition::Success, Condition::Healthy]);
        planting.add_containers([planted("waits").depends_on_container("nobody", condition)]) + ".dependsOn[0].containerName"
    }),
    Mistake::new("dependency::on_itself", WORKLOAD, |planting| {
        let condition = planting.one(&CONDITIONS);
        planting.add_containers([planted("waits").depends_on_container("planted-waits", condition)]) + ".dependsOn[0].containerName"
    }),
    Mistake::new("dependency::duplicate", WORKLOAD, |planting| {
        let path = waiting(
            planting,
            |_| true,
            |name| planted("waits").depends_on_container(name, Condition::Start).depends_on_container(name, Condition::Start),
        );
        path + ".dependsOn[1].containerName"
    }),
    Mistake::new("dependency::circle", WORKLOAD, |planting| {
        let after = |name: &str, other: &str| planted(name).depends_on_container(format!("planted-{other}"), Condition::Start).build();
        let circle = planting.one(&[vec![after("a", "b"), after("b", "a")], vec![after("a", "b"), after("b", "c"), after("c", "a")]]);
        planting.add_containers(circle) + ".dependsOn"
    }),
    Mistake::new("dependency::end_of_essential", WORKLOAD, |planting| {
        let condition = planting.one(&[Condition::Complete, Condition::Success]);
        let path = waiting(planting, Container::is_essential, |name| planted("waits").depends_on_container(name, condition));
        path + ".dependsOn[0].condition"
    }),
    Mistake::new("dependency::health_unknown", WORKLOAD, |planting| {
        let waits = planted("waits").depends_on_container("planted-unchecked", Condition::Healthy);
        planting.add_containers([waits, planted("unchecked")]) + ".dependsOn[0].condition"
    }),
];

/// Adds a container that waits for one of the workload's own.
fn waiting(planting: &mut Planting<'_>, for_one: fn(&Container) -> bool, waits: impl FnOnce(&str) -> ContainerBuilder) -> String {
    let (workload, path) = planting.workload();
    let index = workload.containers.len();
    let name = workload.containers.iter().find(|container| for_one(container)).map(|container| container.name.clone());
    workload.containers.push(waits(&name.unwrap_or_default()).build());
    format!("{path}.containers[{index}]")
}
