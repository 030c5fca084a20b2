//! Network load balancers: listeners, what leads to them, and health checks.

use stacktape_model::container::{
    ApplicationLoadBalancerEvent, HealthCheckProtocol, LoadBalancerHealthCheck, LoadBalancerHealthCheckBuilder, NetworkLoadBalancerEvent,
};
use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
use stacktape_model::load_balancing::Interface;
use stacktape_model::network_load_balancer::{NetworkListener, NetworkListenerBuilder, NetworkListenerProtocol, NetworkLoadBalancer};
use stacktape_model::stack::Stack;

use crate::support::{Rule, api, rule, stack, web, workload};

const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4";

/// A load balancer whose listeners all lead to port 80.
#[track_caller]
fn listening<const N: usize>(listeners: [NetworkListenerBuilder; N]) -> Stack {
    let main = NetworkLoadBalancer::builder("main").listeners(listeners).build();
    let ports: std::collections::BTreeSet<_> = main.listeners().iter().map(NetworkListener::port).collect();
    let events = ports.into_iter().map(|port| NetworkLoadBalancerEvent::new(&main, port, 80));
    let mut stack = stack([api(web().events(events))]);
    stack.add(main);
    stack
}

/// A load balancer at ports 80 and 81, and events from listeners to ports of containers.
#[track_caller]
fn passing(events: &[(u16, u16)]) -> Stack {
    let main = NetworkLoadBalancer::builder("main").listeners([NetworkListener::tcp(80), NetworkListener::tcp(81)]).build();
    let events: Vec<_> = events.iter().map(|(listener, port)| NetworkLoadBalancerEvent::new(&main, *listener, *port)).collect();
    let mut stack = stack([api(web().events(events))]);
    stack.add(main);
    stack
}

#[track_caller]
fn checked(check: LoadBalancerHealthCheckBuilder) -> Stack {
    let main = NetworkLoadBalancer::builder("main").listener(NetworkListener::tcp(80)).build();
    let mut stack = stack([api(web().event(NetworkLoadBalancerEvent::new(&main, 80, 80)).load_balancer_health_check(check))]);
    stack.add(main);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    [listeners(), events(), health_checks()].into_iter().flatten().collect()
}

fn listeners() -> Vec<Rule> {
    const LISTENERS: &str = "resources.main.listeners";
    let at = |field: &str| format!("{LISTENERS}[0]{field}");
    let tls = |arn: &str| NetworkListener::tls(443, arn);
    vec![
        rule("network_load_balancer::no_listener")
            .warns(LISTENERS, stack([NetworkLoadBalancer::builder("main")]))
            .takes(listening([NetworkListener::tcp(80)])),
        rule("load_balancer::port_twice")
            .refuses(&format!("{LISTENERS}[1].port"), listening([NetworkListener::tcp(80), NetworkListener::tls(80, CERTIFICATE)]))
            .takes(listening([NetworkListener::tcp(80), NetworkListener::tls(81, CERTIFICATE)])),
        rule("listener::port")
            .refuses(&at(".port"), listening([NetworkListener::tcp(0)]))
            .takes(listening([NetworkListener::tcp(1), NetworkListener::tcp(65535)])),
        rule("listener::needless_certificate")
            .refuses(&at(".customCertificateArns"), listening([NetworkListener::tcp(80).custom_certificate_arn(CERTIFICATE)]))
            .saying(
                "found certificates of a listener by TCP, expected none",
                "write `NetworkListener::tls(443, arn)`, or leave the certificates out",
            )
            .takes(listening([tls(CERTIFICATE)])),
        rule("listener::no_certificate")
            .refuses(&at(""), listening([NetworkListener::builder(NetworkListenerProtocol::Tls, 443_u16)]))
            .takes(listening([tls(CERTIFICATE)])),
        rule("listener::certificate_arn")
            .refuses(&at(".customCertificateArns[0]"), listening([tls("www.example.com")]))
            .takes(listening([tls("arn:aws:iam::123456789012:server-certificate/a/b")])),
        rule("listener::whitelist_ip")
            .refuses(&at(".whitelistIps[0]"), listening([NetworkListener::tcp(80).whitelist_ip("10.0.0.0/33")]))
            .takes(listening([NetworkListener::tcp(80).whitelist_ips(["10.0.0.0/32", "::1"])])),
    ]
}

fn events() -> Vec<Rule> {
    const EVENTS: &str = "resources.api.containers[0].events";
    let groups = |number: u16| {
        let one = NetworkLoadBalancer::builder("main").listeners((1..number).map(NetworkListener::tcp)).build();
        let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
        let container = web()
            .events((1..number).map(|port| NetworkLoadBalancerEvent::new(&one, port, port)))
            .event(ApplicationLoadBalancerEvent::new(&inside, 1, 1).path("*"));
        let mut stack = stack([api(container)]);
        stack.add(one).add(inside);
        stack
    };
    let of_two_workloads = |second: u16| {
        let main = NetworkLoadBalancer::builder("main").listeners([NetworkListener::tcp(80), NetworkListener::tcp(81)]).build();
        let event = |listener| NetworkLoadBalancerEvent::new(&main, listener, 80);
        let first = api(web().event(event(80)).event(event(81)));
        let mut stack = stack([if second == 80 { first } else { api(web().event(event(80))) }]);
        stack.add(workload("batch").container(web().event(event(second)))).add(main.clone());
        stack
    };
    vec![
        rule("network_balancing::unknown_listener")
            .refuses(&format!("{EVENTS}[2].listenerPort"), passing(&[(80, 80), (81, 80), (443, 80)]))
            .saying(
                "found the listener port 443, at which `main` does not listen, expected 80 or 81",
                "write one of its ports, or write `.listener(NetworkListener::tcp(443))` on the load balancer",
            )
            .takes(passing(&[(80, 80), (81, 80)])),
        rule("network_balancing::no_event")
            .refuses("resources.main.listeners[1]", passing(&[(80, 80)]))
            .saying(
                "found no event for the port 81 of `main`, expected one",
                "write `.event(NetworkLoadBalancerEvent::new(&main, 81, ..))` on a container, or remove the listener",
            )
            .takes(passing(&[(80, 80), (81, 81)])),
        rule("network_balancing::second_event")
            .refuses(&format!("{EVENTS}[2].listenerPort"), passing(&[(80, 80), (81, 80), (80, 80)]))
            .refuses("resources.batch.containers[0].events[0].listenerPort", of_two_workloads(80))
            .saying(
                "found a second event for the port 80 of `main`, expected one",
                "lead the event to a listener of its own; the other one belongs to `api`",
            )
            .takes(of_two_workloads(81)),
        rule("balancing::too_many_target_groups").refuses("resources.api", groups(6)).takes(groups(5)),
        rule("event::no_port").refuses(&format!("{EVENTS}[1].containerPort"), passing(&[(80, 80), (81, 0)])).takes(passing(&[(80, 1), (81, 1)])),
    ]
}

fn health_checks() -> Vec<Rule> {
    const PATH: &str = "resources.api.containers[0].loadBalancerHealthCheck.healthcheckPath";
    let by_path = || LoadBalancerHealthCheck::builder().path("/healthz");
    let behind_both = |check: LoadBalancerHealthCheckBuilder| {
        let main = NetworkLoadBalancer::builder("main").listener(NetworkListener::tcp(80)).build();
        let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
        let container = web()
            .event(NetworkLoadBalancerEvent::new(&main, 80, 80))
            .event(ApplicationLoadBalancerEvent::new(&inside, 80, 1).path("*"))
            .load_balancer_health_check(check);
        let mut stack = stack([api(container)]);
        stack.add(main).add(inside);
        stack
    };
    vec![
        rule("load_balancer_health_check::path_of_tcp")
            .refuses(PATH, checked(by_path()))
            .refuses(PATH, checked(by_path().protocol(HealthCheckProtocol::Tcp)))
            .takes(checked(by_path().protocol(HealthCheckProtocol::Http)))
            .takes(checked(LoadBalancerHealthCheck::builder().protocol(HealthCheckProtocol::Tcp).port(81)))
            .takes(behind_both(by_path())),
        rule("load_balancer_health_check::timeout_above_interval")
            .refuses("resources.api.containers[0].loadBalancerHealthCheck.healthcheckTimeout", checked(LoadBalancerHealthCheck::builder().timeout_seconds(5)))
            .takes(checked(LoadBalancerHealthCheck::builder().interval_seconds(6).timeout_seconds(5))),
    ]
}
