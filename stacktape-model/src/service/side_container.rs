//! Containers beside the one that serves.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::container::Container;
use crate::document::words;

/// A container beside the one that serves, in the same tasks. YAML: an entry of `sideContainers`.
///
/// ```
/// use stacktape_model::container::{Container, Image};
/// use stacktape_model::service::SideContainer;
/// let migration = SideContainer::run_on_init(Container::builder("migrate", Image::dockerfile("migrations")));
/// let cache = SideContainer::always_running(Container::builder("cache", Image::prebuilt("redis:8")));
/// ```
///
/// The main container, whose name is `service-container`, waits for the side containers: for the success of one that runs on init, and
/// for the start of one that is always running. It does not wait for those that wait for it themselves.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct SideContainer {
    /// When it runs. YAML: `containerType`.
    #[required]
    pub(crate) container_type: SideContainerType,
    /// What runs. YAML: the keys of a container, but for `events`.
    #[group]
    pub(crate) container: Container,
}

/// When a side container runs. YAML: `containerType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideContainerType {
    /// To its end, before the main container starts; a task in which it fails is stopped. YAML: `run-on-init`.
    RunOnInit,
    /// As long as the main container. YAML: `always-running`.
    AlwaysRunning,
}

words!(SideContainerType);

impl SideContainerType {
    /// Both.
    pub const ALL: [Self; 2] = [Self::RunOnInit, Self::AlwaysRunning];

    /// The type as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RunOnInit => "run-on-init",
            Self::AlwaysRunning => "always-running",
        }
    }
}

impl SideContainer {
    /// Runs to its end before the main container starts.
    pub fn run_on_init(container: impl Into<Container>) -> Self {
        Self { container_type: SideContainerType::RunOnInit, container: container.into() }
    }

    /// Runs as long as the main container. A task stops when it stops, unless it is not essential.
    pub fn always_running(container: impl Into<Container>) -> Self {
        Self { container_type: SideContainerType::AlwaysRunning, container: container.into() }
    }

    /// When it runs.
    pub fn container_type(&self) -> SideContainerType {
        self.container_type
    }

    /// What runs.
    pub fn container(&self) -> &Container {
        &self.container
    }

    /// The container in the workload of the service. What is refused is left out, so that it is told once.
    pub(super) fn expand(&self) -> Container {
        let mut container = self.container.clone();
        let runs_on = self.container_type == SideContainerType::AlwaysRunning;
        container.essential = Some(runs_on && container.is_essential());
        container.events = Vec::new();
        container
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let mut at = at.written_here(self.container.origin);
        if self.container_type == SideContainerType::RunOnInit && self.container.essential == Some(true) {
            at.field("essential").report(&SideContainerIssue::EssentialInit);
        }
        if !self.container.events.is_empty() {
            at.field("events").report(&SideContainerIssue::Events);
        }
    }
}

/// Mistakes in side containers.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "side_container")]
#[non_exhaustive]
pub enum SideContainerIssue {
    /// A task ends with an essential container, so that nobody can wait for the end of one.
    #[error("found an essential side container that runs on init, expected one that is not essential")]
    #[issue(
        help = "leave `.essential(true)` out: a task in which it fails is stopped anyway",
        yaml = "leave `essential` out: a task in which it fails is stopped anyway",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    EssentialInit,
    /// What reaches a service reaches its main container.
    #[error("found events of a side container, expected none")]
    #[issue(
        help = "remove them, or write a `MultiContainerWorkload`, each container of which can have events; at `localhost`, containers of a task reach each other without any",
        yaml = "remove them, or write a `multi-container-workload`, each container of which can have events; at `localhost`, containers of a task reach each other without any"
    )]
    Events,
}
