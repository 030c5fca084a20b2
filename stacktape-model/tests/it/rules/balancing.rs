//! Events of load balancers: conditions, priorities and listeners, over all workloads.

use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect};
use stacktape_model::container::ApplicationLoadBalancerEvent;
use stacktape_model::load_balancing::Interface;
use stacktape_model::stack::Stack;

use crate::support::{Rule, api, rule, stack, web, workload};

#[track_caller]
fn inside() -> ApplicationLoadBalancer {
    ApplicationLoadBalancer::builder("main").interface(Interface::Internal).build()
}

#[track_caller]
fn on(priority: u32) -> ApplicationLoadBalancerEvent {
    ApplicationLoadBalancerEvent::new(&inside(), 80, priority)
}

#[track_caller]
fn serving(main: ApplicationLoadBalancer, events: impl IntoIterator<Item = ApplicationLoadBalancerEvent>) -> Stack {
    let mut stack = stack([api(web().events(events))]);
    stack.add(main);
    stack
}

/// One event at the default listener.
#[track_caller]
fn one(event: ApplicationLoadBalancerEvent) -> Stack {
    serving(inside(), [event])
}

pub(crate) fn rules() -> Vec<Rule> {
    [conditions(), listeners()].into_iter().flatten().collect()
}

fn conditions() -> Vec<Rule> {
    const EVENT: &str = "resources.api.containers[0].events[0]";
    let at = |field: &str| format!("{EVENT}.{field}");
    let long = |length: usize| "a".repeat(length);
    vec![
        rule("load_balancer_event::priority")
            .refuses(&at("priority"), one(on(0).path("*")))
            .refuses(&at("priority"), one(on(50_001).path("*")))
            .takes(one(on(1).path("*")))
            .takes(one(on(50_000).path("*"))),
        rule("load_balancer_event::no_condition")
            .refuses(EVENT, one(on(1)))
            .takes(one(on(1).method("GET")))
            .takes(one(on(1).source_ip("10.0.0.0/8"))),
        rule("load_balancer_event::too_many_values")
            .refuses(EVENT, one(on(1).path("/a").path("/b").method("GET").header("X-A", ["b", "c"]).query_param("d", ["e"])))
            .takes(one(on(1).path("/a").path("/b").method("GET").header("X-A", ["b"]).query_param("d", ["e"]))),
        rule("load_balancer_event::too_many_wildcards")
            .refuses(EVENT, one(on(1).path("/*/*/*?").host("*.*.*.com")))
            .takes(one(on(1).path("/*/*/*").host("*.*.com"))),
        rule("load_balancer_event::many_wildcards")
            .warns(EVENT, one(on(1).path("/*/*/*").host("*.*.?.com")))
            .takes(one(on(1).path("/*/*/*").host("*.?.com"))),
        rule("load_balancer_event::path")
            .refuses(&at("paths[0]"), one(on(1).path("")))
            .refuses(&at("paths[1]"), one(on(1).path("/").path("/a b")))
            .refuses(&at("paths[0]"), one(on(1).path(format!("/{}", long(128)))))
            .takes(one(on(1).path(format!("/{}", long(127)))))
            .takes(one(on(1).path("/a-B_9.$/~\"'@:+&*?"))),
        rule("load_balancer_event::path_without_root")
            .warns(&at("paths[0]"), one(on(1).path("api")))
            .takes(one(on(1).path("*api").path("?api").path("/api"))),
        rule("load_balancer_event::method")
            .refuses(&at("methods[0]"), one(on(1).method("get")))
            .refuses(&at("methods[0]"), one(on(1).method("*")))
            .refuses(&at("methods[0]"), one(on(1).method("A".repeat(41))))
            .takes(one(on(1).method("A".repeat(40)).method("X-PURGE_ALL"))),
        rule("load_balancer_event::host")
            .refuses(&at("hosts[0]"), one(on(1).host("localhost")))
            .refuses(&at("hosts[0]"), one(on(1).host("example.c0m")))
            .refuses(&at("hosts[0]"), one(on(1).host("a_b.com")))
            .refuses(&at("hosts[0]"), one(on(1).host(format!("{}.com", long(125)))))
            .takes(one(on(1).host(format!("{}.com", long(124)))))
            .takes(one(on(1).host("*.Example-1.com"))),
        rule("load_balancer_event::header_name")
            .refuses(&at("headers[0].headerName"), one(on(1).header("host", ["a"])))
            .refuses(&at("headers[0].headerName"), one(on(1).header("X-*", ["a"])))
            .refuses(&at("headers[0].headerName"), one(on(1).header(long(41), ["a"])))
            .takes(one(on(1).header(long(40), ["a"]).header("X-Forwarded-Host", ["a"]))),
        rule("load_balancer_event::no_value")
            .refuses(&at("headers[0].values"), one(on(1).header("X-A", [""; 0])))
            .refuses(&at("queryParams[0].values"), one(on(1).query_param("a", [""; 0])))
            .takes(one(on(1).query_param("a", ["*"]))),
        rule("load_balancer_event::value")
            .refuses(&at("headers[0].values[0]"), one(on(1).header("X-A", [""])))
            .refuses(&at("queryParams[0].paramName"), one(on(1).query_param(long(129), ["a"])))
            .refuses(&at("queryParams[0].values[0]"), one(on(1).query_param("a", [long(129)])))
            .takes(one(on(1).query_param(long(128), [long(128)]))),
        rule("load_balancer_event::source_ip")
            .refuses(&at("sourceIps[0]"), one(on(1).source_ip("10.0.*")))
            .takes(one(on(1).source_ip("10.0.0.1").source_ip("2001:db8::/32"))),
    ]
}

fn listeners() -> Vec<Rule> {
    const PORT: &str = "resources.api.containers[0].events[0].listenerPort";
    let own = || ApplicationLoadBalancer::builder("main").listeners([Listener::http(80), Listener::http(8080)]).build();
    let all = |priority| on(priority).path("*");
    let two_workloads = |second: u32| {
        let mut stack = stack([api(web().event(all(1))), workload("batch").container(web().event(all(second)))]);
        stack.add(inside());
        stack
    };
    let many = |number: u32| serving(inside(), (1..=number).map(all));
    let groups = |number: u16| {
        serving(inside(), (1..=number).map(|port| ApplicationLoadBalancerEvent::new(&inside(), port, port.into()).path("*")))
    };
    vec![
        rule("balancing::port_of_default")
            .refuses(PORT, serving(inside(), [all(1).listener_port(80), all(2)]))
            .takes(one(all(1))),
        rule("balancing::unknown_listener")
            .refuses(PORT, serving(own(), [all(1).listener_port(443)]))
            .saying(
                "found the listener port 443, at which `main` does not listen, expected 80 or 8080",
                "write one of its ports, or write `.listener(Listener::http(443))` on the load balancer",
            )
            .takes(serving(own(), [all(1).listener_port(8080)])),
        rule("balancing::no_listener_port")
            .refuses(PORT, serving(own(), [all(1)]))
            .saying(
                "found no listener port for `main`, which has listeners of its own, expected 80 or 8080",
                "write one of its ports as `.listener_port(80)`",
            )
            .takes(serving(own(), [all(1).listener_port(80)])),
        rule("balancing::duplicate_priority")
            .refuses("resources.batch.containers[0].events[0].priority", two_workloads(1))
            .saying(
                "found the priority 1 a second time at the port 80 of `main`, expected each priority once",
                "change the priority; the other one belongs to `api`",
            )
            .takes(two_workloads(2))
            .takes(serving(own(), [all(1).listener_port(80), all(1).listener_port(8080)])),
        rule("balancing::too_many_target_groups").refuses("resources.api", groups(6)).takes(groups(5)),
        rule("balancing::too_many_rules").warns("resources.main", many(101)).takes(many(100)),
        rule("balancing::idle")
            .warns("resources.main", stack([inside()]))
            .warns("resources.main", stack([own()]))
            .takes(stack([ApplicationLoadBalancer::builder("main").listener(Listener::http(80).default_action(Redirect::to_https()))]))
            .takes(one(all(1))),
    ]
}
