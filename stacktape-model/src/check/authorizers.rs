//! Authorizers of gateways, over all workloads.

use crate::check::{Check, Resources};
use crate::container::{Authorizer, AuthorizerIssue, HttpApiEvent, Method};
use crate::http_api_gateway::HttpApiGateway;
use crate::table::Table;

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const AUTHORIZERS_MAX: usize = 10;

/// Checks the authorizers of all gateways.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let gateways: Table<_, _> = resources.all::<HttpApiGateway>().map(|gateway| (gateway.name(), gateway)).collect();
    let workloads = resources.workloads;
    let events = || workloads.iter().flat_map(|workload| workload.placed_events::<HttpApiEvent>());
    let open = events().map(|(_, event)| event).filter(|event| event.method == Method::Options && event.authorizer.is_none());
    let open: Vec<(&str, &str)> = open.map(|event| (event.gateway.name.as_str(), event.path.as_str())).collect();
    let mut authorizers: Table<&str, Vec<Authorizer>> = Table::new();
    let mut at = root.field("resources");
    for workload in workloads {
        let mut at = at.field(workload.name());
        for ((container, index), event) in workload.placed_events::<HttpApiEvent>() {
            let Some(authorizer) = event.authorizer.as_ref().map(Authorizer::shared) else { continue };
            let name = event.gateway.name.as_str();
            let others = authorizers.entry(name).or_default();
            if !others.contains(&authorizer) {
                others.push(authorizer);
            }
            let has_cors = gateways.get(name).is_some_and(|gateway| gateway.cors.is_some());
            let takes_preflights = matches!(event.method, Method::Any | Method::Options);
            if has_cors && takes_preflights && !open.iter().any(|(gateway, path)| *gateway == name && covers(path, &event.path)) {
                let mut at = workload.at_container(container, &mut at);
                let mut at = at.element("events", index).written_at(event.origin());
                let (route, gateway) = (event.route_key(), name.to_owned());
                at.field("authorizer").report(&AuthorizerIssue::Preflight { route, gateway });
            }
        }
    }
    for (gateway, all) in authorizers.into_iter().filter(|(_, all)| all.len() > AUTHORIZERS_MAX) {
        let issue = AuthorizerIssue::TooMany { found: all.len(), gateway: gateway.to_owned() };
        match gateways.get(gateway) {
            Some(HttpApiGateway { origin, .. }) => at.field(gateway).written_at(*origin).report(&issue),
            None => at.field(gateway).report(&issue),
        }
    }
}

/// Whether a route of one path takes the preflight requests of another one: of the same, or of all there are.
fn covers(open: &str, path: &str) -> bool {
    let greedy = open.strip_prefix("/{").and_then(|rest| rest.strip_suffix("+}"));
    open == path || greedy.is_some_and(|name| !name.contains('/'))
}
