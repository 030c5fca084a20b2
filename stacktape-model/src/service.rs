//! What `web-service`, `private-service` and `worker-service` share: one container that serves, containers beside it, and what all of
//! them may do. A service becomes a workload, and that is all that is rendered of it.

mod by_load_balancer;
mod kind;
mod side_container;

pub use by_load_balancer::ByApplicationLoadBalancer;
pub use side_container::{SideContainer, SideContainerIssue, SideContainerType};

pub(crate) use by_load_balancer::{APPLICATION_LOAD_BALANCER, PRIORITY};
pub(crate) use kind::service;

use crate::check::Check;
use crate::compute::Compute;
use crate::container::{
    Condition, Container, ContainerLogs, Dependency, EnvValue, EnvironmentVariable, Event, Image, InternalHealthCheck,
    LoadBalancerHealthCheck, VolumeMount,
};
use crate::iam::Statement;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::Part;
use crate::origin::Origin;
use crate::reference::Connection;
use crate::scaling::Scaling;
use crate::table::{Set, Table};

/// The name of the container that serves.
pub const SERVICE_CONTAINER: &str = "service-container";

/// Where a service that nobody told otherwise listens.
pub(crate) const PORT_DEFAULT: u16 = 3000;

/// What every kind of service has.
pub(crate) struct Service<'a> {
    pub(crate) name: &'a String,
    pub(crate) resources: &'a Compute,
    pub(crate) packaging: &'a Image,
    pub(crate) environment: &'a Vec<EnvironmentVariable>,
    pub(crate) logging: &'a Option<ContainerLogs>,
    pub(crate) scaling: &'a Scaling,
    pub(crate) internal_health_check: &'a Option<InternalHealthCheck>,
    pub(crate) stop_timeout: &'a Option<u16>,
    pub(crate) enable_remote_sessions: &'a bool,
    pub(crate) use_private_subnets_with_nat: &'a bool,
    pub(crate) volume_mounts: &'a Vec<VolumeMount>,
    pub(crate) side_containers: &'a Vec<SideContainer>,
    pub(crate) connect_to: &'a Vec<Connection>,
    pub(crate) iam_role_statements: &'a Vec<Statement>,
    pub(crate) origin: Origin,
}

/// What a kind of service gives to the container that serves.
#[derive(Default)]
pub(crate) struct Traffic {
    /// What reaches it.
    pub(crate) events: Vec<Event>,
    /// How load balancers find out whether it is well.
    pub(crate) health_check: Option<LoadBalancerHealthCheck>,
    /// Where it is told to listen.
    pub(crate) listening: Listening,
}

/// Where a container is told to listen, on every address.
#[derive(Clone, Copy, Default)]
pub(crate) enum Listening {
    /// It is told nothing.
    #[default]
    Nowhere,
    /// At ports that it knows itself.
    AtAnyPort,
    /// At this port.
    At(u16),
}

/// The variables that tell a container where to listen.
fn variables(listening: Listening) -> impl Iterator<Item = (&'static str, EnvValue)> {
    let (port, listens) = match listening {
        Listening::Nowhere => (None, false),
        Listening::AtAnyPort => (None, true),
        Listening::At(port) => (Some(port), true),
    };
    port.map(|port| ("PORT", EnvValue::from(port))).into_iter().chain(listens.then(|| ("HOST", "0.0.0.0".into())))
}

impl Service<'_> {
    /// The workload that the service becomes.
    pub(crate) fn workload(&self, traffic: Traffic) -> MultiContainerWorkload {
        let main = self.main_container(traffic);
        // No `..` here and below: what else a workload or a container may have, a service must pass on.
        MultiContainerWorkload {
            name: Part::ContainerWorkload.of(self.name),
            resources: self.resources.clone(),
            containers: std::iter::once(main).chain(self.side_containers.iter().map(SideContainer::expand)).collect(),
            scaling: *self.scaling,
            enable_remote_sessions: *self.enable_remote_sessions,
            use_private_subnets_with_nat: *self.use_private_subnets_with_nat,
            connect_to: self.connect_to.clone(),
            iam_role_statements: self.iam_role_statements.clone(),
            overrides: Vec::new(),
            origin: self.origin,
        }
    }

    fn main_container(&self, traffic: Traffic) -> Container {
        let Traffic { events, health_check, listening } = traffic;
        Container {
            name: SERVICE_CONTAINER.to_owned(),
            packaging: self.packaging.clone(),
            essential: Some(true),
            environment: self.environment_with(listening),
            depends_on: self.waited_for(),
            internal_health_check: self.internal_health_check.clone(),
            load_balancer_health_check: health_check,
            stop_timeout: *self.stop_timeout,
            logging: self.logging.clone().unwrap_or_default(),
            gpu: None,
            volume_mounts: self.volume_mounts.clone(),
            events,
            origin: self.origin,
        }
    }

    /// The user's variables, with ours in their places, and then the rest of ours. So every variable of the user stays at its index.
    fn environment_with(&self, listening: Listening) -> Vec<EnvironmentVariable> {
        let mut all = self.environment.clone();
        for (name, value) in variables(listening) {
            let mut found = false;
            for variable in all.iter_mut().filter(|variable| variable.name == name) {
                variable.value = value.clone();
                found = true;
            }
            if !found {
                all.push(EnvironmentVariable { name: name.to_owned(), value, origin: self.origin });
            }
        }
        all
    }

    /// The side containers that do not wait for the main one themselves, directly or by way of others.
    fn waited_for(&self) -> Vec<Dependency> {
        // What has the name of another container is refused, and told once.
        let mut names = Set::new();
        names.insert(SERVICE_CONTAINER);
        let sides = self.side_containers.iter().zip(self.waiting_for_main());
        let free = sides.filter(|(side, waits)| names.insert(side.container.name()) && !*waits);
        free.map(|(side, _)| {
            let condition = match side.container_type {
                SideContainerType::RunOnInit => Condition::Success,
                SideContainerType::AlwaysRunning => Condition::Start,
            };
            Dependency::new(side.container.name(), condition)
        })
        .collect()
    }

    fn waiting_for_main(&self) -> Vec<bool> {
        let sides = self.side_containers;
        let mut waiting_for: Table<&str, Vec<usize>> = Table::new();
        for (index, side) in sides.iter().enumerate() {
            for dependency in &side.container.depends_on {
                waiting_for.entry(dependency.container.as_str()).or_default().push(index);
            }
        }
        let mut waiting = vec![false; sides.len()];
        let mut reached = vec![SERVICE_CONTAINER];
        while let Some(name) = reached.pop() {
            for &index in waiting_for.get(name).into_iter().flatten() {
                if !std::mem::replace(&mut waiting[index], true) {
                    reached.push(sides[index].container.name());
                }
            }
        }
        waiting
    }

    /// The rules that a workload does not have; those that it has are checked of what the service becomes.
    pub(crate) fn check(&self, listening: Listening, at: &mut Check<'_>) {
        at.field("sideContainers").each(self.side_containers, |at, side| side.check(at));
        at.field("environment").each(self.environment, |at, variable| {
            let ours = variables(listening).find(|(name, value)| variable.name == *name && !same(&variable.value, value));
            if let Some((name, value)) = ours {
                let issue = ServiceIssue::VariableSet { variable: name, value: written(&value).unwrap_or_default() };
                at.written_here(variable.origin).field("name").report(&issue);
            }
        });
    }
}

/// Whether two values are one text.
fn same(one: &EnvValue, other: &EnvValue) -> bool {
    written(one).is_some_and(|one| written(other) == Some(one))
}

/// The text of a variable that is known now.
fn written(value: &EnvValue) -> Option<String> {
    match value {
        EnvValue::Text(text) => text.as_literal().map(str::to_owned),
        EnvValue::Integer(number) => Some(number.to_string()),
        EnvValue::Float(number) => Some(number.to_string()),
        EnvValue::Bool(value) => Some(value.to_string()),
        EnvValue::Secret(_) => None,
    }
}

/// Mistakes in a service of any kind.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "service")]
#[non_exhaustive]
pub enum ServiceIssue {
    /// A service tells its container where traffic arrives, and that does not change with a variable.
    #[error("found the variable `{variable}`, which the service sets to `{value}` itself, expected a name of its own")]
    #[issue(help = "remove the variable; as it stands, `{value}` is used", warning)]
    VariableSet {
        /// The variable.
        variable: &'static str,
        /// What it is set to.
        value: String,
    },
}
