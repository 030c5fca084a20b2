//! Mistakes in requests that call functions.

use super::planting::{Mistake, Planting};
use crate::function::{Function, HttpApiIntegration, Package, Runtime};
use crate::http_api_gateway::{HttpApiGateway, Method, PayloadFormat};

pub(super) const MISTAKES: &[Mistake] = &[Mistake::anywhere("routing::mixed_formats", |planting| {
    let [one, other] = planting.one(&[[PayloadFormat::V1, PayloadFormat::V2], [PayloadFormat::V2, PayloadFormat::V1]]);
    called(planting, |gateway| {
        let route = |path, format| HttpApiIntegration::new(gateway, Method::Get, path).payload_format(format);
        [route("/a", one), route("/b", other)]
    });
    "resources.planted.events[1].payloadFormat".to_owned()
})];

/// Adds a gateway of its own, whose routes are free, and a function with these events.
fn called<const EVENTS: usize>(planting: &mut Planting<'_>, events: impl FnOnce(&HttpApiGateway) -> [HttpApiIntegration; EVENTS]) {
    let gateway = HttpApiGateway::builder("plantedGateway").build();
    let function = Function::builder("planted", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24);
    planting.stack.add(function.events(events(&gateway))).add(gateway);
}
