//! Mistakes in events and routes.

use super::planting::{Mistake, Planting, planted, workload};
use crate::container::{HttpApiEvent, Method, WorkloadInternalEvent};
use crate::http_api_gateway::{HttpApiGateway, PayloadFormat};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("event::no_port", |planting| {
        planting.stack.add(workload(planted("deaf").event(WorkloadInternalEvent::new(0))));
        "resources.planted.containers[0].events[0].containerPort".to_owned()
    }),
    Mistake::anywhere("event::method_of_default", |planting| {
        let path = planting.one(&["*", "$default"]);
        let method = planting.one(&[Method::Get, Method::Options, Method::Delete]);
        route(planting, method, path) + ".method"
    }),
    Mistake::anywhere("event::relative_path", |planting| of_path(planting, &["users", "", "{proxy+}"])),
    Mistake::anywhere("event::trailing_slash", |planting| of_path(planting, &["/users/", "//", "/{id}/"])),
    Mistake::anywhere("event::path_segment", |planting| of_path(planting, &["/files/{id}.json", "/a b", "/a//b", "/a?b=c", "/straße"])),
    Mistake::anywhere("event::path_variable", |planting| of_path(planting, &["/users/{user id}", "/users/{}", "/{+}"])),
    Mistake::anywhere("event::greedy_inside", |planting| of_path(planting, &["/{proxy+}/edit", "/a/{b+}/{c+}"])),
    Mistake::anywhere("event::path_variable_twice", |planting| of_path(planting, &["/users/{id}/photos/{id}", "/{id}/{id+}"])),
    Mistake::anywhere("routing::duplicate_route", |planting| {
        let (method, path, other) = planting.one(&[
            (Method::Get, "/users", "/users"),
            (Method::Any, "*", "*"),
            (Method::Any, "$default", "*"),
            (Method::Post, "/{proxy+}", "/{proxy+}"),
        ]);
        let gateway = gateway();
        routed(planting, gateway.clone(), [event(&gateway, method, path, 80), event(&gateway, method, other, 80)]);
        EVENTS.to_owned() + "[1].path"
    }),
    Mistake::anywhere("routing::second_port", |planting| {
        let gateway = gateway();
        routed(planting, gateway.clone(), [event(&gateway, Method::Get, "/a", 80), event(&gateway, Method::Get, "/b", 81)]);
        EVENTS.to_owned() + "[1].containerPort"
    }),
    Mistake::anywhere("routing::payload_format", |planting| {
        let mut gateway = gateway();
        let mut route = event(&gateway, Method::Get, "/", 80);
        if planting.one(&[true, false]) {
            route.route.payload_format = Some(PayloadFormat::V2);
        } else {
            gateway = HttpApiGateway::builder("plantedGateway").payload_format(PayloadFormat::V2).build();
        }
        routed(planting, gateway, [route]);
        EVENTS.to_owned() + "[0].payloadFormat"
    }),
    Mistake::anywhere("routing::too_many_routes", |planting| {
        let gateway = gateway();
        routed(planting, gateway.clone(), (0..301).map(|index| event(&gateway, Method::Get, &format!("/{index}"), 80)));
        "resources.plantedGateway".to_owned()
    }),
];

pub(super) const EVENTS: &str = "resources.planted.containers[0].events";

pub(super) fn gateway() -> HttpApiGateway {
    HttpApiGateway::builder("plantedGateway").build()
}

pub(super) fn event(gateway: &HttpApiGateway, method: Method, path: &str, port: u16) -> HttpApiEvent {
    HttpApiEvent::new(gateway, method, path, port)
}

/// Adds a gateway of its own, whose routes are free, and a workload with these events.
pub(super) fn routed(planting: &mut Planting<'_>, gateway: HttpApiGateway, events: impl IntoIterator<Item = HttpApiEvent>) {
    planting.stack.add(workload(planted("routed").events(events))).add(gateway);
}

fn route(planting: &mut Planting<'_>, method: Method, path: &str) -> String {
    let gateway = gateway();
    routed(planting, gateway.clone(), [event(&gateway, method, path, 80)]);
    EVENTS.to_owned() + "[0]"
}

fn of_path(planting: &mut Planting<'_>, paths: &[&str]) -> String {
    let path = planting.one(paths);
    let method = planting.one(&[Method::Get, Method::Any]);
    route(planting, method, path) + ".path"
}
