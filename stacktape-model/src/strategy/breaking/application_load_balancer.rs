//! Mistakes in load balancers, their listeners, rules and health checks.

use super::planting::{Mistake, Planting, planted, workload};
use crate::application_load_balancer::{
    ApplicationLoadBalancer, Listener, ListenerBuilder, ListenerProtocol, Redirect, RedirectBuilder, RedirectProtocol, RedirectStatus,
};
use crate::container::{ApplicationLoadBalancerEvent, HealthCheckProtocol, LoadBalancerHealthCheck, LoadBalancerHealthCheckBuilder};
use crate::load_balancing::Interface;
use crate::stack_config::Output;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("application_load_balancer::plain_http", |planting| {
        balanced(planting, ApplicationLoadBalancer::builder("plantedBalancer").build(), |main| vec![all(main)]);
        BALANCER.to_owned()
    }),
    Mistake::anywhere("load_balancer::port_twice", |planting| {
        listeners(planting, [busy(80), Listener::http(80)]);
        BALANCER.to_owned() + ".listeners[1].port"
    }),
    Mistake::anywhere("load_balancer::too_many_listeners", |planting| {
        listeners(planting, (1..=51).map(busy));
        BALANCER.to_owned() + ".listeners"
    }),
    Mistake::anywhere("load_balancer::too_many_certificates", |planting| {
        let arn = |index| format!("arn:aws:acm:eu-west-1:123456789012:certificate/{index}");
        listeners(planting, [busy_https(arn(0)).custom_certificate_arns((1..=26).map(arn))]);
        BALANCER.to_owned() + ".listeners"
    }),
    Mistake::anywhere("load_balancer::too_many_whitelist_ips", |planting| {
        listeners(planting, [busy(80).whitelist_ips((0..61).map(|index| format!("10.{index}.0.0/16")))]);
        BALANCER.to_owned() + ".listeners"
    }),
    Mistake::anywhere("listener::port", |planting| listener(planting, busy(0), ".port")),
    Mistake::anywhere("listener::needless_certificate", |planting| {
        listener(planting, busy(80).custom_certificate_arn(CERTIFICATE), ".customCertificateArns")
    }),
    Mistake::anywhere("listener::no_certificate", |planting| {
        listener(planting, Listener::builder(ListenerProtocol::Https, 443_u16).default_action(elsewhere()), "")
    }),
    Mistake::anywhere("listener::certificate_arn", |planting| {
        let arn = planting.one(&["www.example.com", "", "arn:aws:s3:::bucket", "arn:aws:acm::123456789012:certificate/1"]);
        listener(planting, busy_https(arn), ".customCertificateArns[0]")
    }),
    Mistake::anywhere("listener::nobody_whitelisted", |planting| listener(planting, busy(80).whitelist_ips([""; 0]), ".whitelistIps")),
    Mistake::anywhere("listener::whitelist_ip", |planting| {
        let range = planting.one(RANGES);
        listener(planting, busy(80).whitelist_ip(range), ".whitelistIps[0]")
    }),
    Mistake::anywhere("redirect::to_itself", |planting| {
        let redirects = [moved().build(), moved().port(80).build(), moved().host("#{host}").build(), moved().query("a").build()];
        let redirect = planting.one(&redirects);
        listener(planting, Listener::http(80).default_action(redirect), ".defaultAction")
    }),
    Mistake::anywhere("redirect::downgrade", |planting| {
        let down = elsewhere().protocol(RedirectProtocol::Http);
        listener(planting, Listener::https(443, CERTIFICATE).default_action(down), ".defaultAction.protocol")
    }),
    Mistake::anywhere("redirect::port", |planting| redirected(planting, elsewhere().port(0), ".port")),
    Mistake::anywhere("redirect::host", |planting| {
        let host = planting.text(&["", &"a".repeat(129)]);
        redirected(planting, moved().host(host), ".host")
    }),
    Mistake::anywhere("redirect::path", |planting| {
        let path = planting.text(&["new", "", &format!("/{}", "a".repeat(128))]);
        redirected(planting, moved().path(path), ".path")
    }),
    Mistake::anywhere("redirect::query", |planting| {
        let query = planting.text(&["?a=b", &"a".repeat(129)]);
        redirected(planting, elsewhere().query(query), ".query")
    }),
    Mistake::anywhere("redirect::placeholder", |planting| {
        let text = planting.one(&["/#{foo}", "/#{path}/#{Host}", "/#{}", "/#{ path }"]);
        match planting.one(&["host", "path", "part of another place", "query"]) {
            "host" => redirected(planting, moved().host(text), ".host"),
            "path" => redirected(planting, moved().path(text), ".path"),
            "query" => redirected(planting, elsewhere().query(text), ".query"),
            _ => redirected(planting, moved().path("/#{query}"), ".path"),
        }
    }),
    Mistake::anywhere("load_balancer_event::priority", |planting| {
        let priority = planting.one(&[0, 50_001, u32::MAX]);
        event(planting, with_priority(&inside(), priority), ".priority")
    }),
    Mistake::anywhere("load_balancer_event::no_condition", |planting| event(planting, rule(), "")),
    Mistake::anywhere("load_balancer_event::too_many_values", |planting| {
        event(planting, rule().path("/a").path("/b").method("GET").header("X-A", ["b", "c"]).query_param("d", ["e"]), "")
    }),
    Mistake::anywhere("load_balancer_event::too_many_wildcards", |planting| event(planting, rule().path("/*/*/*?").path("/*/*/*"), "")),
    Mistake::anywhere("load_balancer_event::many_wildcards", |planting| event(planting, rule().path("/*/*/*").path("/*/*/?"), "")),
    Mistake::anywhere("load_balancer_event::path", |planting| {
        let path = planting.text(&["", "/a b", "/straße", "/a#b", &format!("/{}", "a".repeat(128))]);
        event(planting, rule().path(path), ".paths[0]")
    }),
    Mistake::anywhere("load_balancer_event::path_without_root", |planting| event(planting, rule().path("api/*"), ".paths[0]")),
    Mistake::anywhere("load_balancer_event::method", |planting| {
        let method = planting.text(&["get", "", "*", &"A".repeat(41)]);
        event(planting, rule().method(method), ".methods[0]")
    }),
    Mistake::anywhere("load_balancer_event::host", |planting| {
        let host = planting.text(&["localhost", "", "a_b.com", "example.c0m", "example.*", &format!("{}.com", "a".repeat(125))]);
        event(planting, rule().host(host), ".hosts[0]")
    }),
    Mistake::anywhere("load_balancer_event::header_name", |planting| {
        let name = planting.text(&["Host", "host", "", "X-*", "X A", &"A".repeat(41)]);
        event(planting, rule().header(name, ["a"]), ".headers[0].headerName")
    }),
    Mistake::anywhere("load_balancer_event::no_value", |planting| event(planting, rule().header("X-A", [""; 0]), ".headers[0].values")),
    Mistake::anywhere("load_balancer_event::value", |planting| {
        let value = planting.text(&["", &"a".repeat(129)]);
        event(planting, rule().query_param("a", [value]), ".queryParams[0].values[0]")
    }),
    Mistake::anywhere("load_balancer_event::source_ip", |planting| {
        let range = planting.one(RANGES);
        event(planting, rule().source_ip(range), ".sourceIps[0]")
    }),
    Mistake::anywhere("load_balancer_health_check::interval", |planting| {
        let seconds = planting.one(&[4, 0, 301, u16::MAX]);
        health_check(planting, LoadBalancerHealthCheck::builder().interval_seconds(seconds).timeout_seconds(2), "healthcheckInterval")
    }),
    Mistake::anywhere("load_balancer_health_check::timeout", |planting| {
        let seconds = planting.one(&[1, 0, 121, u16::MAX]);
        health_check(planting, LoadBalancerHealthCheck::builder().interval_seconds(300).timeout_seconds(seconds), "healthcheckTimeout")
    }),
    Mistake::anywhere("load_balancer_health_check::timeout_above_interval", |planting| {
        let seconds = planting.one(&[5, 6, 120]);
        health_check(planting, LoadBalancerHealthCheck::builder().timeout_seconds(seconds), "healthcheckTimeout")
    }),
    Mistake::anywhere("load_balancer_health_check::path", |planting| {
        let path = planting.text(&["healthz", "", &format!("/{}", "a".repeat(1024))]);
        health_check(planting, LoadBalancerHealthCheck::builder().path(path), "healthcheckPath")
    }),
    Mistake::anywhere("load_balancer_health_check::port", |planting| {
        health_check(planting, LoadBalancerHealthCheck::builder().port(0), "healthCheckPort")
    }),
    Mistake::anywhere("load_balancer_health_check::no_load_balancer", |planting| {
        let check = planting.one(&[LoadBalancerHealthCheck::default(), LoadBalancerHealthCheck::builder().path("/healthz").build()]);
        planting.stack.add(workload(planted("unbalanced").load_balancer_health_check(check)));
        CHECK.to_owned()
    }),
    Mistake::anywhere("load_balancer_health_check::protocol", |planting| {
        health_check(planting, LoadBalancerHealthCheck::builder().protocol(HealthCheckProtocol::Tcp), "healthCheckProtocol")
    }),
    Mistake::anywhere("balancing::port_of_default", |planting| {
        let port = planting.one(&[80, 443, 0]);
        // Another rule keeps the load balancer busy.
        balanced(planting, inside(), |main| vec![all(main).listener_port(port), with_priority(main, 2)]);
        EVENT.to_owned() + ".listenerPort"
    }),
    Mistake::anywhere("balancing::unknown_listener", |planting| {
        let port = planting.one(&[81, 443, 0]);
        balanced(planting, with([busy(80), busy(8080)]), |main| vec![all(main).listener_port(port)]);
        EVENT.to_owned() + ".listenerPort"
    }),
    Mistake::anywhere("balancing::no_listener_port", |planting| {
        balanced(planting, with([busy(80)]), |main| vec![all(main)]);
        EVENT.to_owned() + ".listenerPort"
    }),
    Mistake::anywhere("balancing::duplicate_priority", |planting| {
        balanced(planting, inside(), |main| vec![all(main), all(main)]);
        "resources.planted.containers[0].events[1].priority".to_owned()
    }),
    Mistake::anywhere("balancing::too_many_target_groups", |planting| {
        balanced(planting, inside(), |main| {
            (1..=6).map(|port| ApplicationLoadBalancerEvent::new(main, port, port.into()).path("*")).collect()
        });
        "resources.planted".to_owned()
    }),
    Mistake::anywhere("balancing::too_many_rules", |planting| {
        balanced(planting, inside(), |main| (1..=101).map(|priority| with_priority(main, priority)).collect());
        BALANCER.to_owned()
    }),
    Mistake::anywhere("balancing::idle", |planting| {
        let idle = planting.one(&[inside(), with([Listener::http(80)])]);
        planting.stack.add(idle);
        BALANCER.to_owned()
    }),
    Mistake::anywhere("reference::no_url", |planting| {
        let busy = with([busy(80)]);
        planting.stack.output(Output::new("planted", busy.url())).add(busy);
        format!("stackConfig.outputs[{}].value", planting.stack.config.outputs.len() - 1)
    }),
];

const BALANCER: &str = "resources.plantedBalancer";
const EVENT: &str = "resources.planted.containers[0].events[0]";
const CHECK: &str = "resources.planted.containers[0].loadBalancerHealthCheck";
const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4";
const RANGES: &[&str] = &["", "10.0.0.0/33", "10.0.*", "example.com", "::/129"];

fn moved() -> RedirectBuilder {
    Redirect::builder(RedirectStatus::Permanent)
}

pub(super) fn elsewhere() -> RedirectBuilder {
    moved().host("example.com")
}

/// A listener that has something to do.
pub(super) fn busy(port: u16) -> ListenerBuilder {
    Listener::http(port).default_action(elsewhere())
}

fn busy_https(arn: impl Into<crate::text::Text>) -> ListenerBuilder {
    Listener::https(443, arn).default_action(elsewhere())
}

fn inside() -> ApplicationLoadBalancer {
    ApplicationLoadBalancer::builder("plantedBalancer").interface(Interface::Internal).build()
}

fn with(listeners: impl IntoIterator<Item = ListenerBuilder>) -> ApplicationLoadBalancer {
    ApplicationLoadBalancer::builder("plantedBalancer").listeners(listeners).build()
}

fn listeners(planting: &mut Planting<'_>, listeners: impl IntoIterator<Item = ListenerBuilder>) {
    planting.stack.add(with(listeners));
}

fn listener(planting: &mut Planting<'_>, one: ListenerBuilder, field: &str) -> String {
    listeners(planting, [one]);
    format!("{BALANCER}.listeners[0]{field}")
}

fn redirected(planting: &mut Planting<'_>, redirect: RedirectBuilder, field: &str) -> String {
    listener(planting, Listener::http(80).default_action(redirect), &format!(".defaultAction{field}"))
}

fn rule() -> ApplicationLoadBalancerEvent {
    ApplicationLoadBalancerEvent::new(&inside(), 80, 1)
}

fn with_priority(main: &ApplicationLoadBalancer, priority: u32) -> ApplicationLoadBalancerEvent {
    ApplicationLoadBalancerEvent::new(main, 80, priority).path("*")
}

fn all(main: &ApplicationLoadBalancer) -> ApplicationLoadBalancerEvent {
    ApplicationLoadBalancerEvent::new(main, 80, 1).path("*")
}

/// Adds a load balancer of its own, and a workload with these events.
fn balanced(
    planting: &mut Planting<'_>,
    main: ApplicationLoadBalancer,
    events: impl FnOnce(&ApplicationLoadBalancer) -> Vec<ApplicationLoadBalancerEvent>,
) {
    planting.stack.add(workload(planted("balanced").events(events(&main)))).add(main);
}

fn event(planting: &mut Planting<'_>, event: ApplicationLoadBalancerEvent, field: &str) -> String {
    balanced(planting, inside(), |_| vec![event]);
    EVENT.to_owned() + field
}

fn health_check(planting: &mut Planting<'_>, check: LoadBalancerHealthCheckBuilder, field: &str) -> String {
    let main = inside();
    let container = planted("balanced").event(all(&main)).load_balancer_health_check(check);
    planting.stack.add(workload(container)).add(main);
    format!("{CHECK}.{field}")
}
