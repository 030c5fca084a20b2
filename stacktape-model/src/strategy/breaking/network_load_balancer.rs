//! Mistakes in network load balancers, and in what leads to them.

use super::planting::{Mistake, Planting, planted, workload};
use crate::container::{HealthCheckProtocol, LoadBalancerHealthCheck, NetworkLoadBalancerEvent};
use crate::network_load_balancer::{NetworkListener, NetworkLoadBalancer};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("network_load_balancer::no_listener", |planting| {
        planting.stack.add(at_ports(&[]));
        BALANCER.to_owned() + ".listeners"
    }),
    Mistake::anywhere("network_balancing::unknown_listener", |planting| {
        let port = planting.one(&[81, 443, 0]);
        passed(planting, &[80, 82], &[(80, 3000), (82, 3000), (port, 3000)]);
        EVENTS.to_owned() + "[2].listenerPort"
    }),
    Mistake::anywhere("network_balancing::no_event", |planting| {
        passed(planting, &[80, 81], &[(80, 3000)]);
        BALANCER.to_owned() + ".listeners[1]"
    }),
    Mistake::anywhere("network_balancing::second_event", |planting| {
        let port = planting.one(&[3000, 3001]);
        passed(planting, &[80], &[(80, 3000), (80, port)]);
        EVENTS.to_owned() + "[1].listenerPort"
    }),
    Mistake::anywhere("load_balancer_health_check::path_of_tcp", |planting| {
        let by_path = || LoadBalancerHealthCheck::builder().path("/healthz");
        let check = planting.one(&[by_path().build(), by_path().protocol(HealthCheckProtocol::Tcp).build()]);
        let main = at_ports(&[80]);
        let container = planted("passed").event(NetworkLoadBalancerEvent::new(&main, 80, 80)).load_balancer_health_check(check);
        planting.stack.add(workload(container)).add(main);
        "resources.planted.containers[0].loadBalancerHealthCheck.healthcheckPath".to_owned()
    }),
];

const BALANCER: &str = "resources.plantedBalancer";
const EVENTS: &str = "resources.planted.containers[0].events";

fn at_ports(ports: &[u16]) -> NetworkLoadBalancer {
    NetworkLoadBalancer::builder("plantedBalancer").listeners(ports.iter().map(|port| NetworkListener::tcp(*port))).build()
}

/// A load balancer that listens at some ports, and a workload with events of listeners and ports.
fn passed(planting: &mut Planting<'_>, listeners: &[u16], events: &[(u16, u16)]) {
    let main = at_ports(listeners);
    let events = events.iter().map(|(listener, port)| NetworkLoadBalancerEvent::new(&main, *listener, *port));
    planting.stack.add(workload(planted("passed").events(events))).add(main.clone());
}
