//! Listeners of network load balancers, over all workloads.

use crate::check::{Check, Resources};
use crate::container::NetworkLoadBalancerEvent;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::{service_of, written_name};
use crate::network_load_balancer::NetworkLoadBalancer;
use crate::table::Table;

/// Mistakes in what listeners of network load balancers lead to.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "network_balancing")]
#[non_exhaustive]
pub enum NetworkBalancingIssue {
    /// An event belongs to a listener.
    #[error("found the listener port {found}, at which `{load_balancer}` does not listen, expected {expected}")]
    #[issue(
        help = "write one of its ports, or write `.listener(NetworkListener::tcp({found}))` on the load balancer",
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
    /// A listener without a target is refused.
    #[error("found no event for the port {port} of `{load_balancer}`, expected one")]
    #[issue(
        help = "write `.event(NetworkLoadBalancerEvent::new(&{load_balancer}, {port}, ..))` on a container, or remove the listener",
        yaml = "write an event with `loadBalancerName: {load_balancer}` and `listenerPort: {port}` on a container, or remove the listener",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html"
    )]
    NoEvent {
        /// The listener.
        port: u16,
        /// The load balancer.
        load_balancer: String,
    },
    /// A network load balancer has no rules: a listener leads to one target group.
    #[error("found a second event for the port {port} of `{load_balancer}`, expected one")]
    #[issue(
        help = "lead the event to a listener of its own; the other one belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html"
    )]
    SecondEvent {
        /// The listener.
        port: u16,
        /// The load balancer.
        load_balancer: String,
        /// The workload of the other event.
        other: String,
    },
}

/// Checks that each listener leads to one port of one workload.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let load_balancers: Table<_, _> =
        resources.all::<NetworkLoadBalancer>().map(|load_balancer| (load_balancer.name(), load_balancer)).collect();
    let mut owners = Table::new();
    let mut at = root.field("resources");
    // What a service has, others may not have: they are told, whatever their names.
    let (services, others): (Vec<_>, Vec<_>) =
        resources.workloads.iter().copied().partition(|workload| service_of(workload.name()).is_some());
    for workload in services.into_iter().chain(others) {
        check_workload(workload, &load_balancers, &mut owners, &mut at.field(written_name(workload.name())).written_at(workload.origin));
    }
    for (name, load_balancer) in load_balancers {
        let mut at = at.field(written_name(name)).written_at(load_balancer.origin);
        load_balancer.at_listeners(&mut at, |at| {
            at.each(&load_balancer.listeners, |at, listener| {
                if !owners.contains_key(&(name, listener.port)) {
                    let issue = NetworkBalancingIssue::NoEvent { port: listener.port, load_balancer: name.to_owned() };
                    at.written_here(listener.origin).report(&issue);
                }
            });
        });
    }
}

fn check_workload<'a>(
    workload: &'a MultiContainerWorkload,
    load_balancers: &Table<&str, &NetworkLoadBalancer>,
    owners: &mut Table<(&'a str, u16), &'a str>,
    at: &mut Check<'_>,
) {
    for ((container, index), event) in workload.placed_events::<NetworkLoadBalancerEvent>() {
        let (name, port) = (event.load_balancer.name.as_str(), event.listener_port);
        let Some(load_balancer) = load_balancers.get(name) else { continue };
        let mut at = workload.at_container(container, at);
        let mut at = at.element("events", index).written_at(event.origin());
        let mut at = at.field("listenerPort");
        let load_balancer_name = name.to_owned();
        if load_balancer.listeners.iter().all(|listener| listener.port != port) {
            let ports: Vec<_> = load_balancer.listeners.iter().map(|listener| listener.port.to_string()).collect();
            let expected = if ports.is_empty() { "a load balancer with listeners".to_owned() } else { ports.join(" or ") };
            at.report(&NetworkBalancingIssue::UnknownListener { found: port, load_balancer: load_balancer_name, expected });
        } else if let Some(other) = owners.insert((name, port), workload.name())
            // What a service has twice, it has since its name is there twice, which is a finding of its own.
            && service_of(workload.name()).is_none()
        {
            let other = written_name(other).to_owned();
            at.report(&NetworkBalancingIssue::SecondEvent { port, load_balancer: load_balancer_name, other });
        }
    }
}
