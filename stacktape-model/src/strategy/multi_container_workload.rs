//! Multi-container workloads.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use super::compute::{compute, scaling};
use super::container::{container_later, drop_second_addresses, drop_second_routes};
use super::iam::statement_later;
use super::load_balancer_event::{Priorities, drop_second_priorities, drop_sixth_target_group};
use super::name::{self, letters, word};
use super::raw_resource::{Role, override_of};
use super::surroundings::{Later, Surroundings, connection_to, pick};
use crate::container::{Condition, Container, Dependency, Event};
use crate::iam::Statement;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::reference::AwsService;

/// Workloads of one to four containers, with any of their properties. They refer to what is around; images are of registries.
/// Shrinks to one plain container.
///
/// ```
/// use proptest::prelude::*;
/// use stacktape_model::stack::Stack;
/// use stacktape_model::strategy::{self, Surroundings};
///
/// proptest!(|(api in strategy::workload("api", &Surroundings::none()))| {
///     let mut stack = Stack::new("shop", "dev");
///     stack.add(api);
///     prop_assert!(stack.validate().is_ok());
/// });
/// ```
pub fn workload(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<MultiContainerWorkload> {
    let (name, around) = (name.into(), around.clone());
    workload_later(&[]).prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// A workload that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> MultiContainerWorkload>;

const OVERRIDES: &[(&str, &str, &str)] =
    &[("Service", "EnableExecuteCommand", "true"), ("TaskRole", "MaxSessionDuration", "7200"), ("Service", "PlatformVersion", "\"1.4.0\"")];

pub(super) fn workload_later(build_contexts: &[String]) -> BoxedStrategy<Later<Named>> {
    let connected = (vec(any::<Index>(), 0..4), vec(any::<Index>(), 0..4), any::<bool>());
    let switches = (any::<bool>(), option::weighted(0.3, Just(())));
    let settings = (compute(), scaling(), switches, override_of(OVERRIDES));
    (containers_later(build_contexts), settings, connected, vec(statement_later(), 0..3))
        .prop_map(|(containers, (compute, scaling, (sessions, private), overrides), (buckets, resources, ses), statements)| {
            Later::new(move |around| {
                let mut workload = MultiContainerWorkload::builder("", compute.clone())
                    .containers(containers.within(around))
                    .scaling(scaling)
                    .enable_remote_sessions(sessions)
                    .use_private_subnets_with_nat(private.is_some())
                    .iam_role_statements(once_each(statements.iter().map(|statement| statement.within(around))));
                for bucket in buckets.iter().filter_map(|index| pick(*index, &around.buckets)) {
                    workload = workload.connect_to(bucket);
                }
                if ses {
                    workload = workload.connect_to(AwsService::Ses);
                }
                let mut workload = workload.build();
                let resources = resources.iter().filter_map(|index| pick(*index, &around.resources));
                workload.connect_to.extend(resources.map(connection_to));
                named(workload, overrides.clone())
            })
        })
        .boxed()
}

fn named(workload: MultiContainerWorkload, overrides: Vec<Role>) -> Named {
    Box::new(move |name| MultiContainerWorkload {
        name: name.to_owned(),
        overrides: overrides.iter().map(|role| role.of(name)).collect(),
        ..workload.clone()
    })
}

/// Takes their names from statements whose names are taken.
fn once_each(statements: impl Iterator<Item = Statement>) -> impl Iterator<Item = Statement> {
    let mut sids = BTreeSet::new();
    statements.map(move |mut statement| {
        statement.sid = statement.sid.filter(|sid| sids.insert(sid.clone()));
        statement
    })
}

/// One container with what it waits for.
type Planned = (&'static str, Later<Container>, Vec<(Index, Index)>);

/// Containers that agree with each other: about names, ports, routes and the order of starting.
fn containers_later(build_contexts: &[String]) -> BoxedStrategy<Later<Vec<Container>>> {
    let container = (word(name::CONTAINER), container_later(build_contexts), vec(any::<(Index, Index)>(), 0..3));
    (vec(container, 1..5), option::weighted(0.2, Just(())))
        .prop_map(|(planned, reversed)| {
            Later::new(move |around| {
                let mut containers = agree(&planned, around);
                if reversed.is_some() {
                    containers.reverse();
                }
                containers
            })
        })
        .boxed()
}

fn agree(planned: &[Planned], around: &Surroundings) -> Vec<Container> {
    let mut containers: Vec<_> = planned.iter().map(|(_, container, _)| container.within(around)).collect();
    for (index, (word, _, dependencies)) in planned.iter().enumerate() {
        let (before, rest) = containers.split_at_mut(index);
        let container = &mut rest[0];
        container.name = match (*word, index) {
            // The longest name there is.
            ("c", 1) => "c".repeat(255),
            _ => format!("{word}{}", letters(index)),
        };
        if index == 0 {
            container.essential = container.essential.filter(|essential| *essential);
        }
        container.depends_on = depends_on(dependencies, before);
    }
    // A port belongs to one container, and events of gateways to one of them.
    let mut owners = BTreeMap::new();
    let mut routed = None;
    for (index, container) in containers.iter_mut().enumerate() {
        container.events.retain(|event| {
            let own = *owners.entry(event.container_port()).or_insert(index) == index;
            own && (!matches!(event, Event::HttpApi(_)) || *routed.get_or_insert(index) == index)
        });
    }
    drop_second_routes(&mut containers, &mut BTreeSet::new());
    drop_second_addresses("", &mut containers, &mut BTreeSet::new());
    drop_second_priorities(&mut containers, &mut Priorities::new());
    drop_sixth_target_group(&mut containers);
    containers
}

/// Dependencies on containers that come before, each once, on what these can reach.
fn depends_on(dependencies: &[(Index, Index)], before: &[Container]) -> Vec<Dependency> {
    let mut out: Vec<Dependency> = Vec::new();
    for (target, condition) in dependencies {
        let Some(target) = pick(*target, before).filter(|target| out.iter().all(|other| other.container != target.name)) else { continue };
        let mut conditions = vec![Condition::Start];
        if target.internal_health_check.is_some() {
            conditions.push(Condition::Healthy);
        }
        if !target.is_essential() {
            conditions.extend([Condition::Complete, Condition::Success]);
        }
        out.push(Dependency::new(target.name.clone(), *condition.get(&conditions)));
    }
    out
}
