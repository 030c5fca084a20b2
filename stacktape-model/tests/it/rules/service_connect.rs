//! Ports that other workloads of the stack reach.

use stacktape_model::container::{HttpApiEvent, Method, ServiceConnectEvent, ServiceConnectProtocol, WorkloadInternalEvent};
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::stack::Stack;

use crate::support::{Rule, named, rule, running, stack, web, workload};

#[track_caller]
fn under(alias: &str) -> Stack {
    running([web().event(ServiceConnectEvent::new(80).alias(alias))])
}

/// A stack with two workloads, each with one event.
#[track_caller]
fn both(api: ServiceConnectEvent, shop: ServiceConnectEvent) -> Stack {
    stack([workload("api").container(named("web").event(api)), workload("shop").container(named("web").event(shop))])
}

/// One container with an event of every kind at one port.
#[track_caller]
fn every_kind() -> Stack {
    let gateway = HttpApiGateway::builder("main").build();
    let web = web()
        .event(HttpApiEvent::new(&gateway, Method::Get, "/", 80))
        .event(ServiceConnectEvent::new(80).protocol(ServiceConnectProtocol::Http))
        .event(WorkloadInternalEvent::new(80));
    let mut stack = running([web]);
    stack.add(gateway);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    const ALIAS: &str = "resources.api.containers[0].events[0].alias";
    let at = ServiceConnectEvent::new;
    vec![
        rule("service_connect::alias")
            .refuses(ALIAS, under("Reports"))
            .saying(
                "found the alias `Reports`, expected 1 to 127 lower-case letters, digits, `-`, `_` and single `.` inside, the first one no \
                 `-`",
                "write lower case, and leave out everything else; without `alias`, names of workload and container make one",
            )
            .refuses(ALIAS, under(""))
            .refuses(ALIAS, under("-reports"))
            .refuses(ALIAS, under("re ports"))
            .refuses(ALIAS, under(".reports"))
            .refuses(ALIAS, under("reports."))
            .refuses(ALIAS, under("a..b"))
            .refuses(ALIAS, under(&"x".repeat(128)))
            .takes(under(&"x".repeat(127)))
            .takes(under("_re-ports_v1.2"))
            .takes(running([web().event(at(80))]))
            // What the names make is cut, and never refused.
            .takes(running([named(&"C".repeat(255)).event(at(80))])),
        rule("service_connect::hiding_alias")
            .warns(ALIAS, under("localhost"))
            .saying(
                "found the alias `localhost`, which in every container of the stack takes the place of what it means elsewhere",
                "write a name without dots, or one that ends in `.internal`",
            )
            .warns(ALIAS, under("api.localhost"))
            .warns(ALIAS, under("api.example.com"))
            .takes(under("localhosts"))
            .takes(under("com"))
            .takes(under("api.internal"))
            .takes(under("api.v1.2")),
        rule("service_connect::port_twice")
            .refuses(
                "resources.api.containers[0].events[1].containerPort",
                running([web().event(at(80)).event(at(80).protocol(ServiceConnectProtocol::Grpc))]),
            )
            .saying(
                "found a second `service-connect` event at the port 80, expected one for each port",
                "remove one of the two: a port has one alias and one protocol",
            )
            .refuses("resources.api.containers[0].events[1].containerPort", running([web().event(at(80)).event(at(80))]))
            .takes(running([web().event(at(80)).event(at(81))]))
            .takes(every_kind()),
        rule("service_connect::address_twice")
            .refuses("resources.shop.containers[0].events[0].alias", both(at(80).alias("reports"), at(80).alias("reports")))
            .saying(
                "found the address `reports:80` a second time, expected each once in the stack",
                "write another `alias`; the address belongs to `api`",
            )
            // The names of workload and container make an alias too.
            .refuses("resources.shop.containers[0].events[0].alias", both(at(80).alias("shop-web"), at(80)))
            .takes(both(at(80).alias("reports"), at(81).alias("reports")))
            .takes(both(at(80), at(80))),
        rule("event::no_port")
            .refuses("resources.api.containers[0].events[0].containerPort", running([web().event(at(0))]))
            .takes(running([web().event(at(65535))])),
    ]
}
