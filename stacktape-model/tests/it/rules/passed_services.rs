//! Web services behind a network load balancer.

use stacktape_model::compute::Fargate;
use stacktape_model::container::{HealthCheckProtocol, Image, LoadBalancerHealthCheck};
use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::resource::Resource;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;
use stacktape_model::text::Text;
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::{ServicePort, ServicePortBuilder, WebLoadBalancing, WebService, WebServiceBuilder};
use stacktape_model::worker_service::WorkerService;

use crate::support::{Rule, rule, stack};

const SMALL: Fargate = Fargate::new(Cpu::Half, Memory::gib(1));

const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000";

#[track_caller]
fn web() -> WebServiceBuilder {
    WebService::builder("api", SMALL, Image::prebuilt("nginx:1.29"))
}

/// A web service that is reached at these ports.
#[track_caller]
fn at_ports(ports: impl IntoIterator<Item = ServicePortBuilder>) -> WebServiceBuilder {
    web().load_balancing(WebLoadBalancing::network_load_balancer().ports(ports))
}

#[track_caller]
fn one(service: WebServiceBuilder) -> Stack {
    stack([service])
}

/// A stack with a service that is reached at these ports.
#[track_caller]
fn passed(ports: impl IntoIterator<Item = ServicePortBuilder>) -> Stack {
    one(at_ports(ports))
}

#[track_caller]
fn checked(check: LoadBalancerHealthCheck) -> Stack {
    one(web().load_balancing(WebLoadBalancing::network_load_balancer().port(ServicePort::tcp(5432)).health_check(check)))
}

#[track_caller]
fn plain() -> WebServiceBuilder {
    at_ports([ServicePort::tcp(80)])
}

#[track_caller]
fn with_domain(service: WebServiceBuilder) -> WebServiceBuilder {
    service.custom_domain(CustomDomain::builder("api.example.com").hosted_zone_id("Z0123456789ABCDEFGHIJ"))
}

/// The service, and a worker that is connected to it and has a variable of this name.
#[track_caller]
fn beside(variable: &str) -> Stack {
    let service = plain().build();
    let more = WorkerService::builder("more", SMALL, Image::prebuilt("nginx:1.29")).env(variable, "mine").connect_to(&service);
    stack::<Resource>([service.into(), more.into()])
}

/// A web service, and an output with one of its parameters.
#[track_caller]
fn told(service: WebServiceBuilder, param: fn(&WebService) -> Text) -> Stack {
    let service = service.build();
    let mut stack = stack([service.clone()]);
    stack.output(Output::new("told", param(&service)));
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    own().into_iter().chain(of_references()).chain(of_what_they_are_made_of()).collect()
}

fn own() -> Vec<Rule> {
    vec![
        rule("web_service::no_port")
            .refuses("resources.api.loadBalancing.ports", passed([]))
            .saying("found no port, expected at least one", "write `.port(ServicePort::tcp(5432))`")
            .takes(passed([ServicePort::tcp(5432)])),
        rule("web_service::port_without_certificate")
            .refuses("resources.api.loadBalancing.ports[1]", passed([ServicePort::tcp(80), ServicePort::tls(8883)]))
            .saying(
                "found the port 8883 by TLS without a certificate, expected at least one",
                "write `ServicePort::tcp(8883)` to pass bytes on as they come; or give the service a `.custom_domain(..)`, or the port a \
                 `.custom_certificate_arn(..)` of ACM",
            )
            .takes(passed([ServicePort::tls(8883).custom_certificate_arn(CERTIFICATE)]))
            .takes(one(with_domain(at_ports([ServicePort::tls(8883)]))))
            .takes(passed([ServicePort::tcp(8883)])),
        rule("service::variable_set")
            .warns("resources.api.environment[0].name", one(plain().env("HOST", "localhost")))
            .takes(one(plain().env("PORT", 80))),
    ]
}

fn of_references() -> Vec<Rule> {
    const VALUE: &str = "stackConfig.outputs[0].value";
    vec![
        rule("reference::no_part")
            .refuses(VALUE, told(plain(), |service| service.url()))
            .saying(
                "found a reference to the application-load-balancer `api.loadBalancer`, which the service `api` is not made of, expected one \
                 of `api.containerWorkload`, `api.networkLoadBalancer`",
                "let `api` have it by `.load_balancing(..)`, or refer to something else",
            )
            .refuses(VALUE, told(web(), |service| service.listener_port(443)))
            .refuses(VALUE, told(with_domain(plain()), |service| service.custom_domain_urls()))
            .takes(told(web(), |service| service.url()))
            .takes(told(plain(), |service| service.domain()))
            .takes(told(plain(), |service| service.canonical_domain())),
        rule("reference::no_custom_domain")
            .refuses(VALUE, told(plain(), |service| service.custom_domain_list()))
            .refuses(VALUE, told(web(), |service| service.custom_domain_urls()))
            .refuses(VALUE, told(web(), |service| service.canonical_domain()))
            .takes(told(with_domain(plain()), |service| service.custom_domain_list()))
            .takes(told(with_domain(web()), |service| service.custom_domain_urls()))
            .takes(told(with_domain(web()), |service| service.canonical_domain())),
        rule("reference::no_listener")
            .refuses(VALUE, told(plain(), |service| service.listener_port(81)))
            .takes(told(plain(), |service| service.listener_port(80))),
        rule("reference::variable_shadowed")
            .warns("resources.more.environment[0].name", beside("STP_API_DOMAIN"))
            .takes(beside("API_DOMAIN")),
        // There is no URL to inject, so that the name is nothing but ours.
        rule("reference::variable_prefix").warns("resources.more.environment[0].name", beside("STP_API_URL")).takes(beside("API_URL")),
    ]
}

/// What is made of the ports is told at them.
fn of_what_they_are_made_of() -> Vec<Rule> {
    vec![
        rule("load_balancer::port_twice")
            .refuses("resources.api.loadBalancing.ports[1].port", passed([ServicePort::tcp(80), ServicePort::tcp(80).container_port(81)]))
            .takes(passed([ServicePort::tcp(80), ServicePort::tcp(81).container_port(80)])),
        rule("listener::port")
            .refuses("resources.api.loadBalancing.ports[0].port", passed([ServicePort::tcp(0).container_port(80)]))
            .takes(passed([ServicePort::tcp(65535)])),
        rule("event::no_port")
            .refuses("resources.api.loadBalancing.ports[0].containerPort", passed([ServicePort::tcp(80).container_port(0)]))
            .takes(passed([ServicePort::tcp(80).container_port(1)])),
        rule("listener::needless_certificate")
            .refuses(
                "resources.api.loadBalancing.ports[0].customCertificateArns",
                passed([ServicePort::tcp(80).custom_certificate_arn(CERTIFICATE)]),
            )
            .saying(
                "found certificates of a listener by TCP, expected none",
                "write `ServicePort::tls(443)`, or leave the certificates out",
            )
            .takes(passed([ServicePort::tls(80).custom_certificate_arn(CERTIFICATE)])),
        rule("listener::certificate_arn")
            .refuses(
                "resources.api.loadBalancing.ports[0].customCertificateArns[0]",
                passed([ServicePort::tls(80).custom_certificate_arn("mine")]),
            )
            .takes(passed([ServicePort::tls(80).custom_certificate_arn(CERTIFICATE)])),
        rule("load_balancer_health_check::path_of_tcp")
            .refuses("resources.api.loadBalancing.healthcheckPath", checked(LoadBalancerHealthCheck::builder().path("/a").build()))
            .takes(checked(LoadBalancerHealthCheck::builder().path("/a").protocol(HealthCheckProtocol::Http).build())),
    ]
}
