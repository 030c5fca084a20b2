//! Mistakes in services of every kind.

use super::planting::{Mistake, Planting, planted, workload};
use crate::compute::Fargate;
use crate::container::{ApplicationLoadBalancerEvent, Event, HttpApiEvent, Image, Method, ServiceConnectEvent, WorkloadInternalEvent};
use crate::http_api_gateway::HttpApiGateway;
use crate::nested::Nested;
use crate::private_service::{PrivateLoadBalancing, PrivateService, PrivateServiceBuilder};
use crate::service::SideContainer;
use crate::stack_config::Output;
use crate::units::{Cpu, Memory};
use crate::web_service::{ServicePort, WebLoadBalancing, WebService, WebServiceBuilder};
use crate::worker_service::WorkerService;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("service::variable_set", |planting| {
        let (name, value) = planting.one(&[("PORT", "80"), ("PORT", "3000 "), ("HOST", "localhost")]);
        if planting.one(&[true, false]) {
            planting.stack.add(web().env(name, value));
        } else {
            planting.stack.add(private("planted").env(name, value));
        }
        "resources.planted.environment[0].name".to_owned()
    }),
    Mistake::anywhere("side_container::essential_init", |planting| {
        beside(planting, SideContainer::run_on_init(planted("side").essential(true))) + ".essential"
    }),
    Mistake::anywhere("side_container::events", |planting| {
        let event: Event = planting.one(&[WorkloadInternalEvent::new(80).into(), ServiceConnectEvent::new(80).into()]);
        let container = planted("side").event(event).build();
        let side = planting.one(&[SideContainer::run_on_init(container.clone()), SideContainer::always_running(container)]);
        beside(planting, side) + ".events"
    }),
    Mistake::anywhere("private_service::port", |planting| {
        let how = planting.one(&ways());
        planting.stack.add(private("planted").port(0).load_balancing(how));
        "resources.planted.port".to_owned()
    }),
    Mistake::anywhere("private_service::localhost", |planting| {
        let name = planting.text(&["localhost", "localHost", "LOCALHOST"]);
        planting.stack.add(private(&name));
        format!("resources.{name}")
    }),
    Mistake::anywhere("private_service::address_twice", |planting| {
        planting.stack.add(private("plantedApi")).add(private("plantedAPI"));
        // Capitals come first, so the other one is told.
        "resources.plantedApi".to_owned()
    }),
    Mistake::anywhere("private_service::other_address", |planting| {
        let [first, second] = ways();
        let (asked, added) = planting.one(&[
            (private("planted").port(80).build(), private("planted").build()),
            (private("planted").load_balancing(first).build(), private("planted").load_balancing(second).build()),
        ]);
        planting.stack.output(Output::new("planted", asked.address())).add(added);
        format!("stackConfig.outputs[{}].value", planting.stack.config.outputs.len() - 1)
    }),
    Mistake::anywhere("web_service::plain_http", |planting| {
        planting.stack.add(web().load_balancing(WebLoadBalancing::application_load_balancer()));
        "resources.planted.loadBalancing".to_owned()
    }),
    Mistake::anywhere("web_service::no_port", |planting| {
        planting.stack.add(web().load_balancing(WebLoadBalancing::network_load_balancer()));
        "resources.planted.loadBalancing.ports".to_owned()
    }),
    Mistake::anywhere("web_service::port_without_certificate", |planting| {
        let port = planting.one(&[443, 8883]);
        let by = WebLoadBalancing::network_load_balancer().port(ServicePort::tcp(80)).port(ServicePort::tls(port));
        planting.stack.add(web().load_balancing(by));
        "resources.planted.loadBalancing.ports[1]".to_owned()
    }),
    Mistake::anywhere("reference::no_part", |planting| {
        let (event, path): (Event, _) = planting.one(&[
            (HttpApiEvent::new(private_gateway(), Method::Get, "/planted", 80).into(), "httpApiGatewayName"),
            (ApplicationLoadBalancerEvent::new(private("plantedApi").build().load_balancer(), 80, 1).path("*").into(), "loadBalancerName"),
        ]);
        planting.stack.add(private("plantedApi")).add(workload(planted("listening").event(event)));
        format!("resources.planted.containers[0].events[0].{path}")
    }),
];

const SMALL: Fargate = Fargate::new(Cpu::Quarter, Memory::mib(512));

fn web() -> WebServiceBuilder {
    WebService::builder("planted", SMALL, Image::prebuilt("nginx:1.29"))
}

fn private(name: &str) -> PrivateServiceBuilder {
    PrivateService::builder(name, SMALL, Image::prebuilt("nginx:1.29"))
}

/// A gateway that the private service of this name does not have.
fn private_gateway() -> Nested<HttpApiGateway> {
    WebService::builder("plantedApi", SMALL, Image::prebuilt("nginx:1.29")).build().http_api_gateway()
}

fn ways() -> [PrivateLoadBalancing; 2] {
    [PrivateLoadBalancing::default(), PrivateLoadBalancing::application_load_balancer().into()]
}

/// Adds a worker with this side container, at the path.
fn beside(planting: &mut Planting<'_>, side: SideContainer) -> String {
    planting.stack.add(WorkerService::builder("planted", SMALL, Image::prebuilt("nginx:1.29")).side_container(side));
    "resources.planted.sideContainers[0]".to_owned()
}
