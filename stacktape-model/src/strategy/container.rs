//! Containers: environment, health, logs, and what reaches them.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::authorizer::authorizer_later;
use super::efs_filesystem::mounts_later;
use super::http_api_gateway::METHODS;
use super::image::{BuildSources, image};
use super::load_balancer_event::{
    Priorities, drop_fourth_target_group, drop_second_priorities, load_balancer_events_later, load_balancer_health_check,
    settle_health_checks,
};
use super::log_forwarding::log_forwarding;
use super::network_load_balancer::{Forwards, drop_second_forwards, network_load_balancer_events_later};
use super::surroundings::{Later, Surroundings, pick};
use super::text::{literal, secret, text_later};
use crate::container::{
    Container, ContainerLogs, EnvValue, EnvironmentVariable, Event, HttpApiEvent, InternalHealthCheck, Method, RETENTION_DAYS,
    RetainedLogs, ServiceConnectEvent, ServiceConnectProtocol, WorkloadInternalEvent,
};
use crate::http_api_gateway::{PayloadFormat, Route};

/// Containers with any of their properties, but for dependencies and GPUs, which need other containers and instances: see
/// [`workload`](super::workload).
/// Images are built of `sources`.
pub fn container(name: impl Into<String>, around: &Surroundings, sources: &BuildSources) -> BoxedStrategy<Container> {
    let (name, around) = (name.into(), around.clone());
    let named = move |later: Later<Container>| {
        let mut containers = [later.within(&around)];
        containers[0].name.clone_from(&name);
        containers[0].gpu = None;
        drop_second_routes(&mut containers, &mut BTreeSet::new());
        drop_second_addresses("", &mut containers, &mut BTreeSet::new());
        drop_second_priorities(&mut containers, &mut Priorities::new());
        drop_second_forwards(&mut containers, &mut Forwards::new());
        drop_fourth_target_group(&mut containers);
        settle_health_checks(&mut containers);
        let [container] = containers;
        container
    };
    container_later(sources).prop_map(named).boxed()
}

/// A container that lacks its name. Its routes and addresses may be there twice.
pub(super) fn container_later(sources: &BuildSources) -> BoxedStrategy<Later<Container>> {
    let gpu = option::weighted(0.3, 1..=2_u16);
    let settings = (option::of(any::<bool>()), option::of(2..=120_u16), option::of(internal_health_check()), container_logs(), gpu);
    let balanced = (option::of(load_balancer_health_check()), load_balancer_events_later(), network_load_balancer_events_later());
    let around = (environment_later(), events_later(), mounts_later());
    (image(sources), settings, around, balanced)
        .prop_map(
            |(
                image,
                (essential, stop_timeout, health_check, logging, gpu),
                (environment, events, mounts),
                (balancer_check, balanced, passed),
            )| {
                Later::new(move |around| Container {
                    essential,
                    environment: environment.within(around),
                    internal_health_check: health_check.clone(),
                    load_balancer_health_check: balancer_check.clone(),
                    stop_timeout,
                    volume_mounts: mounts.within(around),
                    logging: logging.clone(),
                    gpu,
                    events: events.within(around).into_iter().chain(balanced.within(around)).chain(passed.within(around)).collect(),
                    ..Container::builder("", image.clone()).build()
                })
            },
        )
        .boxed()
}

/// Health checks with the command of a shell or of a program, and any of the periods, which are in seconds.
pub fn internal_health_check() -> impl Strategy<Value = InternalHealthCheck> {
    let command = prop_oneof![
        Just(InternalHealthCheck::shell("curl -f http://localhost/ || exit 1").build()),
        Just(InternalHealthCheck::program(["/bin/check", "--größe=\"1\""]).build()),
    ];
    let settings = (option::of(5..=300_u16), option::of(2..=60_u16), option::of(1..=10_u16), option::of(0..=300_u16));
    (command, settings).prop_map(|(command, (interval_seconds, timeout_seconds, retries, start_period_seconds))| InternalHealthCheck {
        interval_seconds,
        timeout_seconds,
        retries,
        start_period_seconds,
        ..command
    })
}

/// Logs that are kept for every number of days that CloudWatch Logs knows, forwarded or not, or none. Shrinks to the default, 90 days.
pub fn container_logs() -> impl Strategy<Value = ContainerLogs> {
    let retained = (select(&RETENTION_DAYS[..]), option::weighted(0.3, log_forwarding()));
    prop_oneof![
        2 => Just(ContainerLogs::default()),
        2 => retained.prop_map(|(retention_days, log_forwarding)| RetainedLogs { retention_days, log_forwarding }.into()),
        1 => Just(ContainerLogs::Disabled),
    ]
}

/// Values of variables: texts of every kind, numbers, booleans and secrets.
pub fn environment_value(around: &Surroundings) -> BoxedStrategy<EnvValue> {
    let around = around.clone();
    value_later().prop_map(move |later| later.within(&around)).boxed()
}

fn value_later() -> BoxedStrategy<Later<EnvValue>> {
    prop_oneof![
        literal().prop_map(|text| Later::ready(EnvValue::from(text))),
        any::<i64>().prop_map(|number| Later::ready(EnvValue::from(number))),
        any::<bool>().prop_map(|value| Later::ready(EnvValue::from(value))),
        proptest::num::f64::NORMAL.prop_map(|number| Later::ready(EnvValue::from(number))),
        secret().prop_map(|secret| Later::ready(EnvValue::from(secret))),
        text_later().prop_map(|text| Later::new(move |around| EnvValue::from(text.within(around)))),
    ]
    .boxed()
}

pub(super) fn environment_later() -> BoxedStrategy<Later<Vec<EnvironmentVariable>>> {
    let name = prop_oneof![
        Just("PORT".to_owned()),
        select(vec!["my-flag", "spring.datasource.url", "_x", "ключ", "STP"]).prop_map(str::to_owned),
        "[A-RT-Z][A-Z0-9_]{0,20}"
    ];
    vec((name, value_later()), 0..5)
        .prop_map(|variables| {
            Later::new(move |around| {
                let mut names = BTreeSet::new();
                let once = variables.iter().filter(|(name, _)| names.insert(name));
                once.map(|(name, value)| EnvironmentVariable::new(name.as_str(), value.within(around))).collect()
            })
        })
        .boxed()
}

/// Paths of routes. One position never has variables of two names, which API Gateway would take for one route.
pub(super) const PATHS: [&str; 8] =
    ["/", "/users", "/users/{id}", "/{proxy+}", "*", "/files/{rest+}", "/v1.2/a-b_c~d%20$@!&'()*+,;=:", "/users/{id}/Photos"];

const PORTS: [u16; 6] = [80, 3000, 443, 1, 8080, 65535];

/// Events of gateways, all at one port, and ports for other workloads and for the other containers of the task.
fn events_later() -> BoxedStrategy<Later<Vec<Event>>> {
    let route = (any::<Index>(), select(&METHODS[..]), select(&PATHS[..]), any::<bool>(), option::weighted(0.4, authorizer_later()));
    (vec(route, 0..4), select(&PORTS[..]), vec(select(&PORTS[..]), 0..3), vec(service_connect_event(), 0..2))
        .prop_map(|(routes, port, internal, connected)| {
            Later::new(move |around| {
                let routed = routes.iter().filter_map(|(gateway, method, path, says, authorizer)| {
                    let gateway = pick(*gateway, &around.gateways)?;
                    let method = if *path == "*" { Method::Any } else { *method };
                    // Containers take 1.0 only: where the gateway says something else, the event must speak for itself.
                    let payload_format = (*says || gateway.payload_format == PayloadFormat::V2).then_some(PayloadFormat::V1);
                    // An authorizer would turn the preflight requests of browsers away.
                    let asked_first = gateway.cors.is_some() && matches!(method, Method::Any | Method::Options);
                    let authorizer = authorizer.as_ref().filter(|_| !asked_first).map(|authorizer| authorizer.within(around));
                    let event = HttpApiEvent::new(gateway, method, *path, port);
                    Some(Event::HttpApi(HttpApiEvent { route: Route { payload_format, authorizer, ..event.route }, ..event }))
                });
                let internal = internal.iter().map(|port| WorkloadInternalEvent::new(*port).into());
                routed.chain(internal).chain(connected.iter().cloned().map(Event::ServiceConnect)).collect()
            })
        })
        .boxed()
}

/// Ports for other workloads, under a name or under that of the container, with every protocol or none.
pub fn service_connect_event() -> impl Strategy<Value = ServiceConnectEvent> {
    const ALIASES: [&str; 5] = ["reports", "_", "billing.shop.internal", "0.v-1_2.3", LONGEST_ALIAS];
    (select(&PORTS[..]), option::of(select(&ALIASES[..])), option::of(select(&ServiceConnectProtocol::ALL[..])))
        .prop_map(|(container_port, alias, protocol)| ServiceConnectEvent { container_port, alias: alias.map(str::to_owned), protocol })
}

/// As long as Service Connect takes it.
const LONGEST_ALIAS: &str =
    "a-long-name-of-a-service.and-of-what-it-offers.a-long-name-of-a-service.and-of-what-it-offers.a-long-name-of-a-service.internal";

/// Addresses that are taken: aliases and ports.
pub(super) type Addresses = BTreeSet<(String, u16)>;

/// Keeps each port of a workload in one address, and each address once.
pub(super) fn drop_second_addresses(workload: &str, containers: &mut [Container], taken: &mut Addresses) {
    let mut ports = BTreeSet::new();
    for container in containers {
        let name = &container.name;
        container.events.retain(|event| match event {
            Event::ServiceConnect(event) => {
                ports.insert(event.container_port) && taken.insert((event.alias_in(workload, name), event.container_port))
            }
            _ => true,
        });
    }
}

/// Gateways and routes that are taken.
pub(super) type Routes = BTreeSet<(String, String)>;

/// Keeps each route of a gateway once.
pub(super) fn drop_second_routes(containers: &mut [Container], taken: &mut Routes) {
    for container in containers {
        container.events.retain(|event| match event {
            Event::HttpApi(event) => taken.insert((event.route.gateway.name.clone(), event.route.key())),
            _ => true,
        });
    }
}
