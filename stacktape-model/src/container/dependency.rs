//! The order in which containers of a task start.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::container::Container;
use crate::document::words;
use crate::multi_container_workload::MultiContainerWorkload;

/// A container that another one waits for. YAML: an entry of `dependsOn`.
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct Dependency {
    /// The container that is waited for. YAML: `containerName`.
    #[required]
    #[key("containerName")]
    pub container: String,
    /// What it must have reached. YAML: `condition`.
    #[required]
    pub condition: Condition,
}

impl Dependency {
    /// Waits until `container` has reached `condition`.
    pub fn new(container: impl Into<String>, condition: Condition) -> Self {
        Self { container: container.into(), condition }
    }
}

/// What a container must have reached before those that wait for it start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It has started. YAML: `START`.
    Start,
    /// It has ended, well or not. YAML: `COMPLETE`.
    Complete,
    /// It has ended with status 0. YAML: `SUCCESS`.
    Success,
    /// Its health check has passed. YAML: `HEALTHY`.
    Healthy,
}

words!(Condition);

impl Condition {
    /// Every condition.
    pub const ALL: [Self; 4] = [Self::Start, Self::Complete, Self::Success, Self::Healthy];

    /// The word as ECS spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Complete => "COMPLETE",
            Self::Success => "SUCCESS",
            Self::Healthy => "HEALTHY",
        }
    }
}

/// Checks the order of all containers of a workload; `at` is the list of containers.
pub(crate) fn check(workload: &MultiContainerWorkload, at: &mut Check<'_>) {
    let containers = workload.containers();
    workload.each_container(at, |at, container| {
        let mut waited = Vec::new();
        at.field("dependsOn").each(&container.depends_on, |at, dependency| {
            check_one(containers, container, dependency, at);
            if waited.contains(&&dependency.container) {
                at.field("containerName").report(&DependencyIssue::Duplicate { container: dependency.container.clone() });
            }
            waited.push(&dependency.container);
        });
    });
    for circle in circles(containers) {
        let first = circle[0];
        let names: Vec<_> = circle.iter().chain([&first]).map(|index| containers[*index].name()).collect();
        let issue = DependencyIssue::Circle { circle: names.join("` -> `") };
        workload.at_container(first, at).field("dependsOn").report(&issue);
    }
}

fn check_one(containers: &[Container], container: &Container, dependency: &Dependency, at: &mut Check<'_>) {
    if dependency.container == container.name() {
        return at.field("containerName").report(&DependencyIssue::OnItself { container: container.name().to_owned() });
    }
    let Some(target) = containers.iter().find(|other| other.name() == dependency.container) else {
        let others: Vec<_> = containers.iter().map(Container::name).filter(|name| *name != container.name()).collect();
        let help = if others.is_empty() {
            "add the container to the workload".to_owned()
        } else {
            format!("write one of `{}`, or add the container to the workload", others.join("`, `"))
        };
        return at.field("containerName").report(&DependencyIssue::Unknown { container: dependency.container.clone(), help });
    };
    match dependency.condition {
        Condition::Complete | Condition::Success if target.is_essential() => {
            at.field("condition")
                .report(&DependencyIssue::EndOfEssential { container: target.name().to_owned(), condition: dependency.condition.as_str() });
        }
        Condition::Healthy if target.internal_health_check.is_none() => {
            at.field("condition").report(&DependencyIssue::HealthUnknown { container: target.name().to_owned() });
        }
        Condition::Start | Condition::Complete | Condition::Success | Condition::Healthy => {}
    }
}

/// Circles of containers that wait for each other, each once, as indices; self-dependencies left out.
fn circles(containers: &[Container]) -> Vec<Vec<usize>> {
    let waits_for = |index: usize| {
        let names = containers[index].depends_on.iter().map(|dependency| &dependency.container);
        names.filter_map(|name| containers.iter().position(|other| other.name() == name)).filter(move |other| *other != index)
    };
    let mut circles = Vec::new();
    let mut done = vec![false; containers.len()];
    for start in 0..containers.len() {
        let mut trail: Vec<(usize, Vec<usize>)> = Vec::new();
        if !done[start] {
            trail.push((start, waits_for(start).collect()));
        }
        while let Some((index, rest)) = trail.last_mut() {
            let index = *index;
            let Some(next) = rest.pop() else {
                done[index] = true;
                trail.pop();
                continue;
            };
            if let Some(begin) = trail.iter().position(|(seen, _)| *seen == next) {
                circles.push(trail[begin..].iter().map(|(seen, _)| *seen).collect());
            } else if !done[next] {
                trail.push((next, waits_for(next).collect()));
            }
        }
    }
    circles
}

/// Mistakes in the order of containers.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "dependency")]
#[non_exhaustive]
pub enum DependencyIssue {
    /// ECS refuses a task that waits for a container which it does not have.
    #[error("found a dependency on `{container}`, expected a container of the same workload")]
    #[issue(
        help = "{help}",
        mend = "write the name of another container of the workload, or add the container",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"
    )]
    Unknown {
        /// What was found.
        container: String,
        /// What could be meant.
        help: String,
    },
    /// A container cannot wait for itself.
    #[error("found a dependency of `{container}` on itself, expected one on another container")]
    #[issue(
        help = "remove the dependency",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"
    )]
    OnItself {
        /// The container.
        container: String,
    },
    /// Of two dependencies on one container, the stricter one says it all.
    #[error("found a second dependency on `{container}`, expected one for each container")]
    #[issue(
        help = "keep the stricter condition",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"
    )]
    Duplicate {
        /// The container that is waited for.
        container: String,
    },
    /// Containers that wait for each other never start.
    #[error("found containers that wait for each other: `{circle}`, expected an order without circles")]
    #[issue(
        help = "remove one of the dependencies",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"
    )]
    Circle {
        /// The names, the first one repeated at the end.
        circle: String,
    },
    /// When an essential container ends, the task ends: nobody can wait for that.
    #[error("found `{condition}` of the essential container `{container}`, expected a container that is not essential")]
    #[issue(
        help = "call `.essential(false)` on `{container}`, or wait for `Condition::Start` or `Condition::Healthy`",
        yaml = "write `essential: false` at `{container}`, or wait for `START` or `HEALTHY`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"
    )]
    EndOfEssential {
        /// The container that is waited for.
        container: String,
        /// The condition.
        condition: &'static str,
    },
    /// Only a health check makes a container healthy.
    #[error("found `HEALTHY` of `{container}`, which has no health check, expected a container with one")]
    #[issue(
        help = "give `{container}` an `.internal_health_check(..)`, or wait for `Condition::Start`",
        yaml = "give `{container}` an `internalHealthCheck`, or wait for `START`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html"
    )]
    HealthUnknown {
        /// The container that is waited for.
        container: String,
    },
}
