//! Mistakes in HTTP API gateways.

use super::planting::{Mistake, Planting};
use crate::container::Event;
use crate::function::FunctionEvent;
use crate::http_api_gateway::HttpApiCors;
use crate::resource::{Resource, ResourceKind};

const GATEWAY: &[ResourceKind] = &[ResourceKind::HttpApiGateway];

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("http_api_cors::credentials_for_all", GATEWAY, |planting| {
        let every_origin = planting.one(&[None, Some("*".to_owned())]);
        let (cors, path) = cors(planting);
        match every_origin {
            Some(origin) => cors.allowed_origins.push(origin.into()),
            None => cors.allowed_origins.clear(),
        }
        cors.allow_credentials = Some(true);
        path + ".allowCredentials"
    }),
    Mistake::new("http_api_cors::origin", GATEWAY, |planting| {
        let origin =
            planting.one(&["example.com", "https://example.com/", "https://*.example.com", "capacitor://localhost", "http://a:0", ""]);
        let (cors, path) = cors(planting);
        cors.allowed_origins.push(origin.into());
        format!("{path}.allowedOrigins[{}]", cors.allowed_origins.len() - 1)
    }),
    Mistake::new("http_api_cors::max_age", GATEWAY, |planting| {
        let seconds = planting.one(&[86401, -2, i32::MAX, i32::MIN]);
        let (cors, path) = cors(planting);
        cors.max_age = Some(seconds);
        path + ".maxAge"
    }),
];

/// The CORS of a gateway, which it may not have had. Routes are open, since an authorizer might turn the requests of browsers away.
fn cors<'a>(planting: &'a mut Planting<'_>) -> (&'a mut HttpApiCors, String) {
    for resource in &mut planting.stack.resources {
        match resource {
            Resource::MultiContainerWorkload(workload) => {
                for event in workload.containers.iter_mut().flat_map(|container| &mut container.events) {
                    if let Event::HttpApi(event) = event {
                        event.route.authorizer = None;
                    }
                }
            }
            Resource::Function(function) => open(&mut function.events),
            Resource::BatchJob(job) => open(&mut job.events),
            _ => {}
        }
    }
    let (gateway, path) = planting.gateway();
    (gateway.cors.get_or_insert_with(|| HttpApiCors::builder().build()), path + ".cors")
}

fn open(events: &mut [FunctionEvent]) {
    for event in events {
        if let FunctionEvent::HttpApi(event) = event {
            event.route.authorizer = None;
        }
    }
}
