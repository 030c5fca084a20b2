//! `multi-container-workload`: containers that run together, continuously.

use stacktape_macros::model;

use crate::check::Check;
use crate::compute::Compute;
use crate::container::{Container, EventType, check_dependencies, check_gpus, links};
use crate::iam::{self, Statement};
use crate::nested;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::{ConnectTarget, Connection};
use crate::scaling::Scaling;
use crate::table::{Set, Table};

/// Containers that run together, continuously, as an ECS service. YAML: `multi-container-workload`.
///
/// ```
/// use stacktape_model::compute::Fargate;
/// use stacktape_model::container::{ Container, Image };
/// use stacktape_model::multi_container_workload::MultiContainerWorkload;
/// use stacktape_model::scaling::Scaling;
/// use stacktape_model::units::{ Cpu, Memory };
///
/// let api = MultiContainerWorkload::builder("apiServer", Fargate::new(Cpu::Half, Memory::gib(1)))
///     .container(Container::builder("api", Image::prebuilt("nginx:1.29")).env("PORT", 80))
///     .scaling(Scaling::between(1, 5))
///     .build();
/// ```
///
/// **Creates** a service with its task definition, role, security group and log groups, scaling policies where the number
/// of instances can change, and, once in a stack, a VPC, an ECS cluster and an execution role. On EC2 instances it has a cluster of
/// its own: see [`Ec2`](crate::compute::Ec2).
///
/// It has no parameters that other resources could refer to.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct MultiContainerWorkload {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the service.
    #[argument]
    pub(crate) name: String,
    /// `resources`: on what the containers run, [`Fargate`](crate::compute::Fargate) or [`Ec2`](crate::compute::Ec2). YAML:
    /// `resources`.
    #[argument]
    pub(crate) resources: Compute,
    /// The containers of one instance. YAML: `containers`. At least one must be essential.
    #[each(container)]
    pub(crate) containers: Vec<Container>,
    /// How many instances run. YAML: `scaling`, default: one. Changed in place.
    pub(crate) scaling: Scaling,
    /// Lets people who may call `ecs:ExecuteCommand` open a shell in the containers, as far as their images have one. YAML:
    /// `enableRemoteSessions`, default `false`.
    pub(crate) enable_remote_sessions: bool,
    /// Runs the containers in private subnets: nothing of the internet reaches them by an address, and they reach the internet through
    /// NAT gateways, for which AWS charges by the hour. YAML: `usePrivateSubnetsWithNAT`, default `false`: public subnets, an address
    /// for each instance, and security groups that let in what events lead to. Changed in place.
    #[key("usePrivateSubnetsWithNAT")]
    pub(crate) use_private_subnets_with_nat: bool,
    /// What the containers may reach: permissions, network and `STP_*` variables come by themselves. YAML: `connectTo`.
    #[own]
    pub(crate) connect_to: Vec<Connection>,
    /// Statements for the role of the containers, beside those of `connectTo`. YAML: `iamRoleStatements`.
    #[each(iam_role_statement)]
    pub(crate) iam_role_statements: Vec<Statement>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl MultiContainerWorkloadBuilder {
    /// Lets the containers reach `target`: permissions, network and `STP_*` variables. YAML: an entry of `connectTo`.
    #[track_caller]
    pub fn connect_to(mut self, target: impl ConnectTarget) -> Self {
        self.connect_to.push(target.connection());
        self
    }
}

const CONTAINERS_MAX: usize = 10;
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html>: a task definition has 64 KiB.
const TASK_DEFINITION_MAX: usize = 64 * 1024;
/// From here on, what the template adds may be too much.
const TASK_DEFINITION_MUCH: usize = 60 * 1024;

impl MultiContainerWorkload {
    /// The workload's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The containers of one instance.
    pub fn containers(&self) -> &[Container] {
        &self.containers
    }

    /// What the containers may reach.
    pub fn connections(&self) -> &[Connection] {
        &self.connect_to
    }

    /// The other containers that one of them reaches by name. On Fargate there are none: all of them are at `localhost`.
    pub fn links(&self, container: usize) -> Vec<&str> {
        if self.resources.ec2().is_some() { links::of(&self.containers, container) } else { Vec::new() }
    }

    /// The events of a kind, each with its container: `workload.events_of::<HttpApiEvent>()`.
    pub fn events_of<T: EventType>(&self) -> impl Iterator<Item = (&Container, &T)> {
        self.containers.iter().flat_map(|container| container.events_of().map(move |event| (container, event)))
    }

    /// The events of a kind, each with the indices of its container and of itself.
    pub(crate) fn placed_events<T: EventType>(&self) -> impl Iterator<Item = ((usize, usize), &T)> {
        self.containers.iter().enumerate().flat_map(|(container, owner)| {
            let events = owner.events.iter().enumerate();
            events.filter_map(move |(index, event)| T::of(event).map(|event| ((container, index), event)))
        })
    }

    /// The list in which a container is spelt, and its index there; none for the main container of a service, which is spelt as the
    /// service itself.
    fn place_of(&self, index: usize) -> Option<(&'static str, usize)> {
        match nested::service_of(&self.name) {
            None => Some(("containers", index)),
            Some(_) => index.checked_sub(1).map(|index| ("sideContainers", index)),
        }
    }

    /// Where a container of the workload is spelt.
    pub(crate) fn at_container<'b>(&'b self, index: usize, at: &'b mut Check<'_>) -> Check<'b> {
        let origin = self.containers[index].origin;
        match self.place_of(index) {
            Some((list, index)) => at.element(list, index).written_at(origin),
            None => at.written_here(origin),
        }
    }

    /// Where a container of the workload is spelt, as the path of a finding: `resources.api.containers[0]`.
    pub fn container_path(&self, index: usize) -> String {
        let name = nested::written_name(&self.name);
        match self.place_of(index) {
            Some((list, index)) => format!("resources.{name}.{list}[{index}]"),
            None => format!("resources.{name}"),
        }
    }

    /// Whether a container is the main one of a service, which says itself what reaches it.
    fn is_of_service(&self, index: usize) -> bool {
        self.place_of(index).is_none()
    }

    /// Where all containers are spelt.
    fn at_containers<'b>(&self, at: &'b mut Check<'_>) -> Check<'b> {
        if nested::service_of(&self.name).is_none() { at.field("containers") } else { at.here() }
    }

    /// Visits the containers, each where it is spelt.
    pub(crate) fn each_container<'t>(&'t self, at: &mut Check<'_>, mut visit: impl FnMut(&mut Check<'_>, &'t Container)) {
        for (index, container) in self.containers.iter().enumerate() {
            visit(&mut self.at_container(index, at), container);
        }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.resources.check(&mut at.field("resources"));
        self.scaling.check(&mut at.field("scaling"));
        iam::check(&self.iam_role_statements, at);
        self.check_number(&mut self.at_containers(at));
        self.each_container(at, |at, container| container.check(at));
        self.check_traffic(at);
        self.check_names(at);
        self.check_ports(at);
        check_dependencies(self, at);
        check_gpus(self, at);
        if self.resources.ec2().is_some() {
            links::check(self, at);
        }
    }

    fn check_number(&self, at: &mut Check<'_>) {
        if self.containers.is_empty() {
            at.report(&WorkloadIssue::NoContainer);
        } else if !self.containers.iter().any(Container::is_essential) {
            at.report(&WorkloadIssue::NoneEssential);
        }
        if self.containers.len() > CONTAINERS_MAX {
            at.report(&WorkloadIssue::TooManyContainers { found: self.containers.len() });
        }
        match self.containers.iter().map(Container::written_size).sum() {
            ..=TASK_DEFINITION_MUCH => {}
            found @ ..=TASK_DEFINITION_MAX => at.report(&WorkloadIssue::LargeTaskDefinition { found }),
            found => at.report(&WorkloadIssue::TooLargeTaskDefinition { found }),
        }
    }

    fn check_traffic(&self, at: &mut Check<'_>) {
        for (index, container) in self.containers.iter().enumerate() {
            let mut at = self.at_container(index, at);
            if !self.is_of_service(index) {
                container.check_traffic(&self.resources, &mut at);
            } else if let Some(health_check) = &container.load_balancer_health_check {
                health_check.check(&container.events, &self.resources, &mut at.field("loadBalancing"));
            }
        }
    }

    fn check_names(&self, at: &mut Check<'_>) {
        let mut names = Set::new();
        self.each_container(at, |at, container| {
            if !names.insert(container.name()) {
                at.field("name").report(&WorkloadIssue::ContainerTwice { name: container.name.clone() });
            }
        });
    }

    /// Containers of a task share their network: a port belongs to one of them.
    fn check_ports(&self, at: &mut Check<'_>) {
        let mut owners: Table<u16, usize> = Table::new();
        for (index, container) in self.containers.iter().enumerate() {
            let mut at = self.at_container(index, at);
            for (event_index, event) in container.events.iter().enumerate() {
                let port = event.container_port();
                let owner = *owners.entry(port).or_insert(index);
                if owner != index {
                    let other = self.containers[owner].name.clone();
                    at.element("events", event_index).field("containerPort").report(&WorkloadIssue::PortTwice { port, other });
                }
            }
        }
    }
}

/// Mistakes in a workload.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "workload")]
#[non_exhaustive]
pub enum WorkloadIssue {
    /// A task is made of containers.
    #[error("found no container, expected at least one")]
    #[issue(
        help = "call `.container(Container::builder(\"api\", Image::dockerfile(\"api\")))`",
        yaml = "add an entry to `containers`, with `name` and `packaging`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"
    )]
    NoContainer,
    /// A task whose containers may all end would never be well or ill.
    #[error("found no essential container, expected at least one")]
    #[issue(
        help = "remove `.essential(false)` from the container that serves",
        yaml = "remove `essential: false` from the container that serves",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    NoneEssential,
    /// ECS's quota of containers in a task definition.
    #[error("found {found} containers, expected at most 10")]
    #[issue(help = "split the workload in two", docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html")]
    TooManyContainers {
        /// How many there are.
        found: usize,
    },
    /// ECS takes a task definition of 64 KiB, and what users write is not all of it.
    #[error("found {found} bytes of texts in the containers, expected at most 61440, so that the task definition has room in 65536")]
    #[issue(
        help = "move long values of `.env(..)` to where the program can read them itself, for example a bucket",
        yaml = "move long values of `environment` to where the program can read them itself, for example a bucket",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html"
    )]
    LargeTaskDefinition {
        /// How many bytes there are.
        found: usize,
    },
    /// ECS takes a task definition of 64 KiB.
    #[error("found {found} bytes of texts in the containers, expected fewer than the 65536 of a whole task definition")]
    #[issue(
        help = "move long values of `.env(..)` to where the program can read them itself, for example a bucket",
        yaml = "move long values of `environment` to where the program can read them itself, for example a bucket",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html"
    )]
    TooLargeTaskDefinition {
        /// How many bytes there are.
        found: usize,
    },
    /// Containers of a task are told apart by their names.
    #[error("found a second container with the name `{name}`, expected each name once in a workload")]
    #[issue(
        help = "rename one of the two",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    ContainerTwice {
        /// The name.
        name: String,
    },
    /// Containers of a task share their network, and two cannot listen at one port.
    #[error("found the port {port}, which belongs to the container `{other}`, expected one of the container's own")]
    #[issue(
        help = "let the container listen at another port",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html"
    )]
    PortTwice {
        /// The port.
        port: u16,
        /// The container that has it.
        other: String,
    },
}
