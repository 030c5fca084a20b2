//! Authorizers of gateways, over all workloads and functions.

use crate::check::{Check, Resources, traffic};
use crate::container::{Authorizer, AuthorizerIssue};
use crate::http_api_gateway::{HttpApiGateway, Method};
use crate::nested::written_name;
use crate::table::Table;

/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const AUTHORIZERS_MAX: usize = 10;

/// Checks the authorizers of all gateways.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let gateways: Table<_, _> = resources.all::<HttpApiGateway>().map(|gateway| (gateway.name(), gateway)).collect();
    let routes = traffic::routes(resources);
    let open = routes.iter().map(|route| route.by).filter(|route| route.method == Method::Options && route.authorizer.is_none());
    let open: Vec<(&str, &str)> = open.map(|route| (route.gateway.name.as_str(), route.path.as_str())).collect();
    let mut authorizers: Table<&str, Vec<Authorizer>> = Table::new();
    let mut at = root.field("resources");
    for route in &routes {
        let Some(authorizer) = route.by.authorizer.as_ref().map(Authorizer::shared) else { continue };
        let name = route.by.gateway.name.as_str();
        let others = authorizers.entry(name).or_default();
        if !others.contains(&authorizer) {
            others.push(authorizer);
        }
        let has_cors = gateways.get(name).is_some_and(|gateway| gateway.cors.is_some());
        let takes_preflights = matches!(route.by.method, Method::Any | Method::Options);
        if has_cors && takes_preflights && !open.iter().any(|(gateway, path)| *gateway == name && covers(path, &route.by.path)) {
            route.visit(&mut at, &mut |at| {
                let (key, gateway) = (route.by.key(), name.to_owned());
                let issue = AuthorizerIssue::Preflight { route: key, gateway };
                at.written_here(route.by.origin()).field("authorizer").report(&issue);
            });
        }
    }
    for (gateway, all) in authorizers.into_iter().filter(|(_, all)| all.len() > AUTHORIZERS_MAX) {
        let issue = AuthorizerIssue::TooMany { found: all.len(), gateway: gateway.to_owned() };
        match gateways.get(gateway) {
            Some(HttpApiGateway { origin, .. }) => at.field(written_name(gateway)).written_at(*origin).report(&issue),
            None => at.field(written_name(gateway)).report(&issue),
        }
    }
}

/// Whether a route of one path takes the preflight requests of another one: of the same, or of all there are.
fn covers(open: &str, path: &str) -> bool {
    let greedy = open.strip_prefix("/{").and_then(|rest| rest.strip_suffix("+}"));
    open == path || greedy.is_some_and(|name| !name.contains('/'))
}
