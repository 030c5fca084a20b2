//! Network load balancers, and what they pass on to containers.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::application_load_balancer::{PORTS, certificate_later};
use super::custom_domain::{Way, domains_of, ways};
use super::raw_resource::{Role, override_of};
use super::surroundings::{Later, Surroundings, pick};
use crate::container::{Container, Event, NetworkLoadBalancerEvent};
use crate::custom_domain::CertificateUse;
use crate::load_balancing::Interface;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::network_load_balancer::{NetworkListener, NetworkListenerProtocol, NetworkLoadBalancer};
use crate::text::Text;

/// Network load balancers with any of their properties, of one to three listeners, each of which needs an event.
pub fn network_load_balancer(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<NetworkLoadBalancer> {
    let (name, around) = (name.into(), around.clone());
    network_load_balancer_later().prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// A load balancer that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> NetworkLoadBalancer>;

const OVERRIDES: &[(&str, &str, &str)] = &[("LoadBalancer", "IpAddressType", "\"ipv4\"")];

pub(super) fn network_load_balancer_later() -> BoxedStrategy<Later<Named>> {
    let ports = subsequence(&PORTS[..], 1..=3);
    (any::<bool>(), any::<bool>(), ports, vec(listener_later(), 3), ways(), override_of(OVERRIDES))
        .prop_map(|(internal, secured, ports, listeners, ways, overrides)| {
            Later::new(move |around| {
                let mut listeners: Vec<_> = ports.iter().zip(&listeners).map(|(port, later)| later.within(around)(*port)).collect();
                if secured && !ways.is_empty() {
                    for listener in &mut listeners {
                        listener.protocol = NetworkListenerProtocol::Tls;
                    }
                }
                let interface = if internal { Interface::Internal } else { Interface::Internet };
                named(interface, listeners, &ways, around, overrides.clone())
            })
        })
        .boxed()
}

fn named(interface: Interface, listeners: Vec<NetworkListener>, ways: &[Way], around: &Surroundings, overrides: Vec<Role>) -> Named {
    let (ways, around) = (ways.to_vec(), around.clone());
    Box::new(move |name| {
        let overrides = overrides.iter().map(|role| role.of(name));
        let is_for_domains = listeners.iter().any(NetworkListener::is_for_domains);
        let certificates = if is_for_domains { CertificateUse::Listeners } else { CertificateUse::None };
        NetworkLoadBalancer::builder(name)
            .interface(interface)
            .custom_domains(domains_of(name, &ways, certificates, &around))
            .listeners(listeners.clone())
            .overrides(overrides)
            .build()
    })
}

type OfPort = Box<dyn Fn(u16) -> NetworkListener>;

fn listener_later() -> BoxedStrategy<Later<OfPort>> {
    let certificates = vec(certificate_later(), 0..3);
    let ranges = option::of(subsequence(&["203.0.113.7", "10.0.0.0/8", "2001:db8::/32"][..], 1..=3));
    (certificates, ranges)
        .prop_map(|(certificates, ranges)| {
            Later::new(move |around| {
                let arns: Vec<_> = certificates.iter().map(|arn: &Later<Text>| arn.within(around)).collect();
                let protocol = if arns.is_empty() { NetworkListenerProtocol::Tcp } else { NetworkListenerProtocol::Tls };
                let ranges = ranges.clone();
                Box::new(move |port| {
                    let listener = NetworkListener::builder(protocol, port).custom_certificate_arns(arns.clone());
                    match &ranges {
                        Some(ranges) => listener.whitelist_ips(ranges.iter().copied()).build(),
                        None => listener.build(),
                    }
                }) as OfPort
            })
        })
        .boxed()
}

/// Events of network load balancers. A listener may be there twice.
pub(super) fn network_load_balancer_events_later() -> BoxedStrategy<Later<Vec<Event>>> {
    vec((any::<Index>(), any::<Index>(), select(vec![80, 1883, 8443_u16])), 0..3)
        .prop_map(|events| {
            Later::new(move |around| {
                let made = events.iter().filter_map(|(balancer, listener, port)| {
                    let balancer = pick(*balancer, &around.network_load_balancers)?;
                    let listener = pick(*listener, balancer.listeners())?;
                    Some(NetworkLoadBalancerEvent::new(balancer, listener.port(), *port).into())
                });
                made.collect()
            })
        })
        .boxed()
}

/// Load balancers and listeners that lead somewhere.
pub(super) type Forwards = BTreeSet<(String, u16)>;

/// Keeps one event for each listener.
pub(super) fn drop_second_forwards(containers: &mut [Container], taken: &mut Forwards) {
    for container in containers {
        container.events.retain(|event| match event {
            Event::NetworkLoadBalancer(event) => taken.insert((event.load_balancer.name.clone(), event.listener_port)),
            _ => true,
        });
    }
}

/// How many network load balancers a workload can serve beside what is behind it already.
pub(super) const SERVED_MAX: usize = 2;

/// Leaves the listeners that lead somewhere, but at least one, which then leads to the workload.
pub(super) fn serve(balancer: &mut NetworkLoadBalancer, workload: &mut MultiContainerWorkload, taken: &mut Forwards) {
    let leads = |listener: &&NetworkListener| taken.contains(&(balancer.name.clone(), listener.port));
    let is_proven = |listener: &NetworkListener| balancer.custom_domains.is_empty() || listener.is_for_domains();
    // Of certificates of domains, one listener at least must make use.
    let needed = balancer.listeners.iter().find(|listener| is_proven(listener)).unwrap_or(&balancer.listeners[0]);
    if !balancer.listeners.iter().filter(leads).any(|listener| is_proven(listener) || listener.port == needed.port) {
        let container = &mut workload.containers[0];
        let port = container.events.first().map_or(UNUSED_PORT, Event::container_port);
        let listener = needed.port;
        container.events.push(NetworkLoadBalancerEvent::new(balancer, listener, port).into());
        taken.insert((balancer.name.clone(), listener));
    }
    balancer.listeners.retain(|listener| taken.contains(&(balancer.name.clone(), listener.port)));
}

/// A port that no other strategy uses.
const UNUSED_PORT: u16 = 5432;
