//! Domains of one's own, over the whole stack.

use crate::application_load_balancer::ApplicationLoadBalancer;
use crate::check::{Check, Resources};
use crate::custom_domain::{CustomDomain, CustomDomainIssue};
use crate::http_api_gateway::HttpApiGateway;
use crate::nested::written_name;
use crate::network_load_balancer::NetworkLoadBalancer;
use crate::resource::{Resource, ResourceType};
use crate::table::{Table, sort_by};
use crate::user_auth_pool::{UserAuthPool, UserPoolClientIssue};

/// Calls `visit` with each domain of a resource, where it is written.
pub(crate) fn each<'r>(resource: &'r Resource, at: &mut Check<'_>, visit: &mut dyn FnMut(&mut Check<'_>, &'r CustomDomain)) {
    match UserAuthPool::of(resource) {
        Some(pool) => pool.custom_domain.iter().for_each(|domain| visit(&mut at.field("customDomain"), domain)),
        None => at.field("customDomains").each(of(resource), visit),
    }
}

/// The domains that lead to a resource.
pub(crate) fn of(resource: &Resource) -> &[CustomDomain] {
    let of_balancer = ApplicationLoadBalancer::of(resource).map(|balancer| &balancer.custom_domains);
    let of_network = NetworkLoadBalancer::of(resource).map(|balancer| &balancer.custom_domains);
    let of_gateway = HttpApiGateway::of(resource).map(|gateway| &gateway.custom_domains);
    let of_pool = UserAuthPool::of(resource).map(|pool| pool.custom_domain.as_slice());
    of_balancer.or(of_network).or(of_gateway).map(Vec::as_slice).or(of_pool).unwrap_or_default()
}

/// Checks that each beginning of a domain of Cognito is that of one pool.
fn check_prefixes(resources: Resources<'_>, at: &mut Check<'_>) {
    let mut pools: Vec<_> = resources.all::<UserAuthPool>().collect();
    sort_by(&mut pools, |one, other| (one.name(), one.origin.place()).cmp(&(other.name(), other.origin.place())));
    let mut owners: Table<&str, &str> = Table::new();
    for pool in pools {
        let Some(prefix) = &pool.hosted_ui_domain_prefix else { continue };
        if let Some(other) = owners.insert(prefix, pool.name()) {
            let issue = UserPoolClientIssue::PrefixTwice { prefix: prefix.clone(), other: other.to_owned() };
            at.field(pool.name()).written_at(pool.origin).field("hostedUiDomainPrefix").report(&issue);
        }
    }
}

/// Checks that each domain leads to one place.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut owners: Table<String, &str> = Table::new();
    let mut at = root.field("resources");
    check_prefixes(resources, &mut at);
    // In the order of names, so that the findings do not depend on the order of adding.
    let mut in_order: Vec<_> = resources.iter().filter(|resource| !of(resource).is_empty()).collect();
    sort_by(&mut in_order, |one, other| (one.name(), one.origin().place()).cmp(&(other.name(), other.origin().place())));
    for resource in in_order {
        let mut at = at.field(written_name(resource.name()));
        each(resource, &mut at, &mut |at, domain| {
            if let Some(other) = owners.insert(domain.name(), resource.name()) {
                let other = written_name(other).to_owned();
                let issue = CustomDomainIssue::Twice { name: domain.domain_name.clone(), other };
                at.written_here(domain.origin).field("domainName").report(&issue);
            }
        });
    }
}
