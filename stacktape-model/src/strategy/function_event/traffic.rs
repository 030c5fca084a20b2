//! Requests of gateways and load balancers.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::Called;
use crate::application_load_balancer::{Listener, ListenerRule};
use crate::container::ApplicationLoadBalancerEvent;
use crate::function::{ApplicationLoadBalancerIntegration, FunctionEvent, HttpApiIntegration};
use crate::http_api_gateway::{HttpApiGateway, Method, PayloadFormat, Route};
use crate::strategy::authorizer::authorizer_later;
use crate::strategy::container::{PATHS, Routes};
use crate::strategy::http_api_gateway::METHODS;
use crate::strategy::load_balancer_event::{CONDITIONS, Priorities, place};
use crate::strategy::surroundings::{Later, Surroundings, pick};

/// Requests of a gateway that is around.
pub(super) fn route_later() -> BoxedStrategy<Called> {
    let format = option::of(select(PayloadFormat::ALL.to_vec()));
    (any::<Index>(), select(&METHODS[..]), select(&PATHS[..]), format, option::weighted(0.4, authorizer_later()))
        .prop_map(|(gateway, method, path, payload_format, authorizer)| {
            Later::new(move |around| {
                let gateway = pick(gateway, &around.gateways)?;
                let method = if path == "*" { Method::Any } else { method };
                // An authorizer would turn the preflight requests of browsers away.
                let asked_first = gateway.cors.is_some() && matches!(method, Method::Any | Method::Options);
                let authorizer = authorizer.as_ref().filter(|_| !asked_first).map(|authorizer| authorizer.within(around));
                let route = Route { payload_format, authorizer, ..Route::new(gateway, method, path) };
                Some(HttpApiIntegration { route }.into())
            })
        })
        .boxed()
}

/// Requests of a load balancer that is around.
pub(super) fn rule_later() -> BoxedStrategy<Called> {
    let priority = prop_oneof![1..=20_u32, Just(50_000)];
    (any::<Index>(), any::<Index>(), priority, vec(select(&CONDITIONS[..]), 1..=2))
        .prop_map(|(balancer, listener, priority, conditions)| {
            Later::new(move |around| {
                let balancer = pick(balancer, &around.load_balancers)?;
                let event = ApplicationLoadBalancerEvent::new(balancer, 80, priority);
                let ApplicationLoadBalancerEvent { rule, .. } = conditions.iter().fold(event, |event, condition| condition(event));
                let listener_port = pick(listener, balancer.listeners()).map(Listener::port);
                Some(ApplicationLoadBalancerIntegration { rule: ListenerRule { listener_port, ..rule } }.into())
            })
        })
        .boxed()
}

/// Lets all requests of a function be described in one format.
pub(super) fn settle_formats(events: &mut [FunctionEvent], around: &Surroundings) {
    let of_gateway = |route: &Route| around.gateways.iter().find(|gateway| gateway.name() == route.gateway.name);
    let says = |route: &Route| of_gateway(route).map(|gateway: &HttpApiGateway| gateway.payload_format).unwrap_or_default();
    let mut first = None;
    for event in events {
        let FunctionEvent::HttpApi(HttpApiIntegration { route }) = event else { continue };
        let found = route.payload_format.unwrap_or_else(|| says(route));
        let first = *first.get_or_insert(found);
        if found != first {
            route.payload_format = Some(first);
        }
    }
}

/// Keeps each route of a gateway, and each priority of a listener, once.
pub(in crate::strategy) fn drop_second_traffic(events: &mut Vec<FunctionEvent>, routes: &mut Routes, priorities: &mut Priorities) {
    events.retain(|event| match event {
        FunctionEvent::HttpApi(HttpApiIntegration { route }) => routes.insert((route.gateway.name.clone(), route.key())),
        FunctionEvent::ApplicationLoadBalancer(ApplicationLoadBalancerIntegration { rule }) => priorities.insert(place(rule)),
        _ => true,
    });
}
