//! How containers of a task on an EC2 instance reach each other: by links, which lead one way.

use crate::check::Check;
use crate::container::{Condition, Container, EnvValue, WorkloadInternalEvent};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::table::Set;

/// Who reaches whom in the tasks of a workload.
///
/// A container is linked to those with ports that it waits for, and to those with a `workload-internal` port, unless they wait for
/// it. A link leads to what has started before, so it never leads against `dependsOn`; two that have internal ports and do not wait
/// for each other would make a circle.
struct Links<'a> {
    containers: &'a [Container],
    /// For each container those that it waits for, by way of others, too.
    waits_for: Vec<Set<usize>>,
    /// Those that others wait to end: a link needs what runs.
    ending: Set<usize>,
}

impl<'a> Links<'a> {
    fn of(containers: &'a [Container]) -> Self {
        let named = |name: &str| containers.iter().position(|container| container.name() == name);
        let direct = |index: usize| containers[index].depends_on.iter().filter_map(|dependency| named(&dependency.container));
        let waits_for = (0..containers.len()).map(|index| {
            let mut reached = Set::new();
            let mut left: Vec<_> = direct(index).collect();
            while let Some(next) = left.pop() {
                if reached.insert(next) {
                    left.extend(direct(next));
                }
            }
            reached
        });
        let dependencies = containers.iter().flat_map(|container| &container.depends_on);
        let ends = dependencies.filter(|dependency| matches!(dependency.condition, Condition::Complete | Condition::Success));
        let mut ending = Set::new();
        for target in ends.filter_map(|dependency| named(&dependency.container)) {
            ending.insert(target);
        }
        Self { containers, waits_for: waits_for.collect(), ending }
    }

    fn is_internal(&self, index: usize) -> bool {
        self.containers[index].events_of::<WorkloadInternalEvent>().next().is_some() && !self.ending.contains(&index)
    }

    /// Two that would each be linked to the other.
    fn undecided(&self, one: usize, other: usize) -> bool {
        let waits = |one: usize, other| self.waits_for[one].contains(&other);
        one != other && self.is_internal(one) && self.is_internal(other) && !waits(one, other) && !waits(other, one)
    }

    /// One before this container that would be linked to it, and it to that one.
    fn rival(&self, index: usize) -> Option<usize> {
        (0..index).find(|other| self.undecided(*other, index))
    }

    /// Whether a container has an internal port, and others that do not reach it.
    fn is_unreachable(&self, index: usize) -> bool {
        let mut others = 0..self.containers.len();
        let reached = others.any(|other| self.leads(other, index) || self.undecided(other, index));
        self.containers.len() > 1 && self.is_internal(index) && !reached
    }

    fn leads(&self, from: usize, to: usize) -> bool {
        let waits = self.waits_for[from].contains(&to);
        let waited_for = self.waits_for[to].contains(&from);
        let offers = if waits { !self.containers[to].events.is_empty() } else { self.is_internal(to) };
        from != to && !waited_for && offers && !self.ending.contains(&to) && !self.undecided(from, to)
    }

    /// Checks texts that lead to another container as they would on Fargate.
    fn check_addresses(&self, index: usize, at: &mut Check<'_>) {
        let container = &self.containers[index];
        at.each(&container.environment, |at, variable| {
            let EnvValue::Text(text) = &variable.value else { return };
            let Some(literal) = text.as_literal() else { return };
            let others = (0..self.containers.len()).filter(|other| *other != index);
            let ports = others.flat_map(|other| self.containers[other].ports().into_iter().map(move |port| (other, port)));
            let mut addresses = ports.flat_map(|(other, port)| HOSTS.map(|host| (other, port, format!("{host}:{port}"))));
            let Some((other, port, found)) = addresses.find(|(_, _, address)| names(literal, address)) else { return };
            let name = self.containers[other].name();
            let expected = format!("{name}:{port}");
            let issue = if self.leads(index, other) {
                LinkIssue::Localhost { found, expected }
            } else {
                LinkIssue::Unlinked { found, expected, container: container.name.clone(), other: name.to_owned() }
            };
            at.written_here(variable.origin).field("value").report(&issue);
        });
    }
}

/// The containers that one of them reaches by name, in the order of the workload.
pub(crate) fn of(containers: &[Container], index: usize) -> Vec<&str> {
    let links = Links::of(containers);
    (0..containers.len()).filter(|to| links.leads(index, *to)).map(|to| containers[to].name()).collect()
}

/// Whether a container has an internal port that is a finding.
#[cfg(feature = "proptest")]
pub(crate) fn is_alone(containers: &[Container], index: usize) -> bool {
    let links = Links::of(containers);
    links.rival(index).is_some() || links.is_unreachable(index)
}

/// Checks how the containers of a workload on EC2 reach each other; `at` is the workload.
pub(crate) fn check(workload: &MultiContainerWorkload, at: &mut Check<'_>) {
    let containers = workload.containers();
    let links = Links::of(containers);
    for index in 0..containers.len() {
        let mut at = workload.at_container(index, at);
        if let Some(other) = links.rival(index) {
            let (container, other) = (containers[index].name.clone(), containers[other].name.clone());
            at.field("events").report(&LinkIssue::Undecided { container, other });
        } else if links.is_unreachable(index) {
            at.field("events").report(&LinkIssue::Unreachable { container: containers[index].name.clone() });
        }
        links.check_addresses(index, &mut at.field("environment"));
    }
}

const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];

/// Whether a text has an address in it, and not a longer one.
fn names(text: &str, address: &str) -> bool {
    text.match_indices(address).any(|(begin, _)| {
        let before = text[..begin].chars().next_back();
        let after = text[begin + address.len()..].chars().next();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '.' || letter == '-')
            && !after.is_some_and(|letter| letter.is_ascii_digit())
    })
}

/// Mistakes in how the containers of a task on EC2 reach each other.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "link")]
#[non_exhaustive]
pub enum LinkIssue {
    /// On EC2, of two containers one reaches the other, and which one must be said.
    #[error("found `workload-internal` ports of `{container}` and of `{other}`, which do not wait for each other, expected an order")]
    #[issue(
        help = "on EC2, a container reaches those that it waits for: write `.depends_on_container(\"{other}\", Condition::Start)` on \
                `{container}`, or the other way round",
        yaml = "on EC2, a container reaches those that it waits for: write a `dependsOn` of `{container}` on `{other}`, or the other way \
                round",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    Undecided {
        /// The container.
        container: String,
        /// The other one.
        other: String,
    },
    /// On EC2, a container does not reach those that wait for it.
    #[error("found a `workload-internal` port of `{container}`, which waits for all the others, expected one that reaches it")]
    #[issue(
        help = "turn the dependency round: on EC2, a container reaches those that it waits for",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    Unreachable {
        /// The container.
        container: String,
    },
    /// On EC2, each container of a task has a network of its own.
    #[error("found `{found}`, at which nothing listens on EC2, expected `{expected}`")]
    #[issue(
        help = "write `{expected}`: on EC2, containers of a task reach each other by name",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-networkmode-bridge.html"
    )]
    Localhost {
        /// What was found.
        found: String,
        /// The address by name.
        expected: String,
    },
    /// On EC2, a container reaches none of the others that it does not wait for, but where they have ports for each other.
    #[error("found `{found}`, at which nothing listens on EC2, expected `{expected}` in a container that waits for `{other}`")]
    #[issue(
        help = "write `{expected}`, and `.depends_on_container(\"{other}\", Condition::Start)` on `{container}`: on EC2, a container reaches \
                those that it waits for, by name",
        yaml = "write `{expected}`, and a `dependsOn` of `{other}` on `{container}`: on EC2, a container reaches those that it waits for, by \
                name",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-networkmode-bridge.html"
    )]
    Unlinked {
        /// What was found.
        found: String,
        /// The address by name.
        expected: String,
        /// The container.
        container: String,
        /// The one that it calls.
        other: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_where_it_is_the_whole_one() {
        for text in ["localhost:80", "http://localhost:80/x", "a=localhost:80,b", "redis://user@localhost:80"] {
            assert!(names(text, "localhost:80"), "{text}");
        }
        for text in ["localhost:8080", "mylocalhost:80", "a.localhost:80", "localhost", ""] {
            assert!(!names(text, "localhost:80"), "{text}");
        }
    }
}
