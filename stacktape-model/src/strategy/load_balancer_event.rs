//! What load balancers send to containers.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::surroundings::{Later, pick};
use crate::application_load_balancer::ListenerRule;
use crate::container::{
    ApplicationLoadBalancerEvent, Container, Event, HealthCheckProtocol, LoadBalancerHealthCheck, NetworkLoadBalancerEvent,
};

/// Health checks of load balancers with any of their properties. Shrinks to one without any.
pub fn load_balancer_health_check() -> impl Strategy<Value = LoadBalancerHealthCheck> {
    let path = option::of(select(vec!["/", "/healthz?deep=1"]));
    let periods = option::of((5..=300_u16).prop_flat_map(|interval| (Just(interval), 2..interval.min(121))));
    let protocol = option::of(select(HealthCheckProtocol::ALL.to_vec()));
    (path, periods, protocol, option::of(select(vec![8081, 80, 65535_u16]))).prop_map(|(path, periods, protocol, port)| {
        LoadBalancerHealthCheck {
            path: path.map(str::to_owned),
            interval_seconds: periods.map(|(interval, _)| interval),
            timeout_seconds: periods.map(|(_, timeout)| timeout),
            protocol,
            port,
        }
    })
}

/// Up to three conditions, of no more than five values and five wildcards together.
pub(super) const CONDITIONS: [fn(ApplicationLoadBalancerEvent) -> ApplicationLoadBalancerEvent; 7] = [
    |event| event.path("*"),
    |event| event.path("/api/*").path("/a-b_c.$~\"'@:+&?"),
    |event| event.method("GET").method("X-PURGE_ALL"),
    |event| event.host("*.example.com"),
    |event| event.header("X-Version", ["2.*"]),
    |event| event.query_param("größe", ["", "?"].map(|value| if value.is_empty() { "*" } else { value })),
    |event| event.source_ip("203.0.113.7").source_ip("2001:db8::/32"),
];

/// Events of load balancers, some at one port and some at others.
pub(super) fn load_balancer_events_later() -> BoxedStrategy<Later<Vec<Event>>> {
    let port = select(vec![80, 3000, 8443_u16]);
    let priority = prop_oneof![1..=20_u32, Just(50_000)];
    let event = (any::<Index>(), any::<Index>(), port, priority, vec(select(&CONDITIONS[..]), 1..=2));
    vec(event, 0..4)
        .prop_map(|events| {
            Later::new(move |around| {
                let made = events.iter().filter_map(|(balancer, listener, port, priority, conditions)| {
                    let balancer = pick(*balancer, &around.load_balancers)?;
                    let event = ApplicationLoadBalancerEvent::new(balancer, *port, *priority);
                    let event = match pick(*listener, balancer.listeners()) {
                        Some(listener) => event.listener_port(listener.port()),
                        None => event,
                    };
                    Some(conditions.iter().fold(event, |event, condition| condition(event)).into())
                });
                made.collect()
            })
        })
        .boxed()
}

/// Load balancers, listeners and priorities that are taken.
pub(super) type Priorities = BTreeSet<(String, Option<u16>, u32)>;

pub(super) fn place(rule: &ListenerRule) -> (String, Option<u16>, u32) {
    (rule.load_balancer.name.clone(), rule.listener_port, rule.priority)
}

/// Keeps each priority of a listener once.
pub(super) fn drop_second_priorities(containers: &mut [Container], taken: &mut Priorities) {
    for container in containers {
        container.events.retain(|event| match event {
            Event::ApplicationLoadBalancer(event) => taken.insert(place(&event.rule)),
            _ => true,
        });
    }
}

/// Keeps a health check only where a load balancer asks, and in a way that it can.
pub(super) fn settle_health_checks(containers: &mut [Container]) {
    for container in containers {
        let application = container.events_of::<ApplicationLoadBalancerEvent>().next().is_some();
        let network = container.events_of::<NetworkLoadBalancerEvent>().next().is_some();
        let Some(check) = &mut container.load_balancer_health_check else { continue };
        if !application && !network {
            container.load_balancer_health_check = None;
        } else if (application && check.protocol.is_some()) || (!application && check.path.is_some()) {
            check.protocol = Some(HealthCheckProtocol::Http);
        }
    }
}

/// Keeps three target groups of the five that a service can have: the others are for network load balancers that lead nowhere yet.
pub(super) fn drop_fourth_target_group(containers: &mut [Container]) {
    let mut groups: BTreeMap<(String, u16), usize> = BTreeMap::new();
    for container in containers {
        container.events.retain(|event| {
            let load_balancer = match event {
                Event::ApplicationLoadBalancer(event) => &event.rule.load_balancer,
                Event::NetworkLoadBalancer(event) => &event.load_balancer,
                _ => return true,
            };
            let number = groups.len();
            *groups.entry((load_balancer.name.clone(), event.container_port())).or_insert(number) < 3
        });
    }
}
