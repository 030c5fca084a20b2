//! Rules of load balancers, over all workloads and functions.

use crate::application_load_balancer::ApplicationLoadBalancer;
use crate::check::{Check, Resources, traffic};
use crate::container::{ApplicationLoadBalancerEvent, NetworkLoadBalancerEvent};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::written_name;
use crate::table::{Set, Table};

/// Mistakes in rules of load balancers.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "balancing")]
#[non_exhaustive]
pub enum BalancingIssue {
    /// A load balancer without listeners of its own has one, and its port is no choice.
    #[error("found the listener port {found} of `{load_balancer}`, which has no listeners of its own, expected none")]
    #[issue(
        help = "leave the listener port out, or write `.listener(Listener::http({found}))` on the load balancer",
        yaml = "leave `listenerPort` out, or add a listener with `port: {found}` to the load balancer"
    )]
    PortOfDefault {
        /// What was found.
        found: u16,
        /// The load balancer.
        load_balancer: String,
    },
    /// A rule belongs to a listener.
    #[error("found the listener port {found}, at which `{load_balancer}` does not listen, expected {expected}")]
    #[issue(
        help = "write one of its ports, or write `.listener(Listener::http({found}))` on the load balancer",
        yaml = "write one of its ports, or add a listener with `port: {found}` to the load balancer"
    )]
    UnknownListener {
        /// What was found.
        found: u16,
        /// The load balancer.
        load_balancer: String,
        /// The ports that there are.
        expected: String,
    },
    /// Of several listeners one must be named.
    #[error("found no listener port for `{load_balancer}`, which has listeners of its own, expected {expected}")]
    #[issue(help = "write one of its ports as `.listener_port({first})`", yaml = "write one of its ports as `listenerPort: {first}`")]
    NoListenerPort {
        /// The load balancer.
        load_balancer: String,
        /// The ports that there are.
        expected: String,
        /// The first one of them.
        first: u16,
    },
    /// A listener tries its rules one after the other.
    #[error("found the priority {priority} a second time at the port {port} of `{load_balancer}`, expected each priority once")]
    #[issue(
        help = "change the priority; the other one belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html"
    )]
    DuplicatePriority {
        /// The priority.
        priority: u32,
        /// The listener.
        port: u16,
        /// The load balancer.
        load_balancer: String,
        /// The workload or function that has the priority.
        other: String,
    },
    /// ECS registers a task in five target groups at most.
    #[error("found {found} target groups, one for each load balancer and port, expected at most 5")]
    #[issue(
        help = "lead events to fewer ports or load balancers, or move a container into a workload of its own",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html"
    )]
    TooManyTargetGroups {
        /// How many there are.
        found: usize,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} rules of `{load_balancer}`, expected at most 100, the quota of Elastic Load Balancing")]
    #[issue(
        help = "join rules with wildcards, add a second load balancer, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyRules {
        /// How many there are.
        found: usize,
        /// The load balancer.
        load_balancer: String,
    },
    /// A load balancer costs money whether or not it does something.
    #[error("found no event and no default action of `{load_balancer}`, expected at least one")]
    #[issue(
        help = "write `.event(ApplicationLoadBalancerEvent::new(&{load_balancer}, ..))` on a container, or remove it",
        yaml = "write an event with `loadBalancerName: {load_balancer}` on a container, or remove it",
        warning
    )]
    Idle {
        /// The load balancer.
        load_balancer: String,
    },
}

const TARGET_GROUPS_MAX: usize = 5;
const RULES_MAX: usize = 100;

/// Checks the rules of all load balancers.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let load_balancers: Table<&str, _> =
        resources.all::<ApplicationLoadBalancer>().map(|load_balancer| (load_balancer.name(), load_balancer)).collect();
    // Who has which priority at which port.
    let mut owners: Table<(&str, u16, u32), &str> = Table::new();
    let mut count: Table<&str, usize> = Table::new();
    let mut at = root.field("resources");
    for rule in traffic::rules(resources) {
        let Some(load_balancer) = load_balancers.get(rule.by.load_balancer.name.as_str()).copied() else { continue };
        let name = load_balancer.name();
        *count.entry(name).or_default() += 1;
        let listener = load_balancer.reached_listener(rule.by.listener_port);
        let priority = rule.by.priority;
        let other = listener.and_then(|port| owners.insert((name, port, priority), rule.to.name()));
        rule.visit(&mut at, &mut |at| {
            let mut at = at.written_here(rule.by.origin());
            match (listener, other) {
                (None, _) => check_listener(load_balancer, rule.by.listener_port, &mut at),
                (Some(port), Some(other)) if !rule.to.is_of_service() => {
                    let (load_balancer, other) = (name.to_owned(), written_name(other).to_owned());
                    at.field("priority").report(&BalancingIssue::DuplicatePriority { priority, port, load_balancer, other });
                }
                _ => {}
            }
        });
    }
    for workload in resources.workloads {
        check_target_groups(workload, &mut at.field(written_name(workload.name())).written_at(workload.origin));
    }
    for (name, load_balancer) in &load_balancers {
        let mut at = at.field(written_name(name)).written_at(load_balancer.origin);
        let load_balancer_name = (*name).to_owned();
        match count.get(name).copied().unwrap_or_default() {
            0 if load_balancer.listeners.iter().all(|listener| listener.default_action.is_none()) => {
                at.report(&BalancingIssue::Idle { load_balancer: load_balancer_name });
            }
            ..=RULES_MAX => {}
            found => at.report(&BalancingIssue::TooManyRules { found, load_balancer: load_balancer_name }),
        }
    }
}

fn check_target_groups(workload: &MultiContainerWorkload, at: &mut Check<'_>) {
    let application =
        workload.events_of::<ApplicationLoadBalancerEvent>().map(|(_, event)| (&event.rule.load_balancer, event.container_port));
    let network = workload.events_of::<NetworkLoadBalancerEvent>().map(|(_, event)| (&event.load_balancer, event.container_port));
    let groups: Set<_> = application.chain(network).map(|(load_balancer, port)| (load_balancer.name.as_str(), port)).collect();
    if groups.len() > TARGET_GROUPS_MAX {
        at.report(&BalancingIssue::TooManyTargetGroups { found: groups.len() });
    }
}

fn check_listener(load_balancer: &ApplicationLoadBalancer, named: Option<u16>, at: &mut Check<'_>) {
    let ports: Vec<_> = load_balancer.listeners.iter().map(|listener| listener.port.to_string()).collect();
    let (expected, name) = (ports.join(" or "), load_balancer.name().to_owned());
    let mut at = at.field("listenerPort");
    match (named, load_balancer.listeners.first()) {
        (Some(found), None) => at.report(&BalancingIssue::PortOfDefault { found, load_balancer: name }),
        (Some(found), Some(_)) => at.report(&BalancingIssue::UnknownListener { found, load_balancer: name, expected }),
        (None, Some(first)) => at.report(&BalancingIssue::NoListenerPort { load_balancer: name, expected, first: first.port }),
        // Without listeners of its own, a load balancer listens at the port that nobody names.
        (None, None) => {}
    }
}
