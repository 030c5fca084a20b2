//! Domains of one's own, over the whole stack.

use crate::application_load_balancer::ApplicationLoadBalancer;
use crate::check::{Check, Resources};
use crate::custom_domain::{CustomDomain, CustomDomainIssue};
use crate::http_api_gateway::HttpApiGateway;
use crate::nested::written_name;
use crate::network_load_balancer::NetworkLoadBalancer;
use crate::resource::{Resource, ResourceType};
use crate::table::{Table, sort_by};

/// The domains that lead to a resource.
pub(crate) fn of(resource: &Resource) -> &[CustomDomain] {
    let of_balancer = ApplicationLoadBalancer::of(resource).map(|balancer| &balancer.custom_domains);
    let of_network = NetworkLoadBalancer::of(resource).map(|balancer| &balancer.custom_domains);
    let of_gateway = HttpApiGateway::of(resource).map(|gateway| &gateway.custom_domains);
    of_balancer.or(of_network).or(of_gateway).map_or(&[], Vec::as_slice)
}

/// Checks that each domain leads to one place.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut owners: Table<String, &str> = Table::new();
    let mut at = root.field("resources");
    // In the order of names, so that the findings do not depend on the order of adding.
    let mut in_order: Vec<_> = resources.iter().filter(|resource| !of(resource).is_empty()).collect();
    sort_by(&mut in_order, |one, other| (one.name(), one.origin().place()).cmp(&(other.name(), other.origin().place())));
    for resource in in_order {
        let mut at = at.field(written_name(resource.name()));
        at.field("customDomains").each(of(resource), |at, domain| {
            if let Some(other) = owners.insert(domain.name(), resource.name()) {
                let other = written_name(other).to_owned();
                let issue = CustomDomainIssue::Twice { name: domain.domain_name.clone(), other };
                at.written_here(domain.origin).field("domainName").report(&issue);
            }
        });
    }
}
