//! Ids of what an HTTP API gateway needs.

use stacktape_model::container::Authorizer;
use stacktape_model::name::pascal;
use stacktape_model::nested::written_name;
use stacktape_model::text::Text;

use super::{SLUG_MAX, hashed, named, of_domain};
use crate::cfn::{self, Id};

/// A domain of a gateway.
pub(crate) fn domain_name(gateway: &str, domain: &str) -> Id<cfn::api_gateway_v2::DomainName> {
    of_domain(gateway, domain, "DomainName")
}

/// What leads from a domain to a gateway.
pub(crate) fn api_mapping(gateway: &str, domain: &str) -> Id<cfn::api_gateway_v2::ApiMapping> {
    of_domain(gateway, domain, "ApiMapping")
}

/// The registry in which a gateway finds the instances of a workload.
pub(crate) fn discovery_service(workload: &str, port: u16) -> Id<cfn::service_discovery::Service> {
    hashed(format!("{}Port{port}DiscoveryService", named(workload)), &[written_name(workload), &port.to_string()])
}

/// The integration of a gateway with a workload.
pub(crate) fn integration(gateway: &str, workload: &str, port: u16) -> Id<cfn::api_gateway_v2::Integration> {
    let readable = format!("{}To{}Port{port}Integration", named(gateway), named(workload));
    hashed(readable, &[written_name(gateway), written_name(workload), &port.to_string()])
}

/// The integration of a gateway with a function, which gets requests in this format.
pub(crate) fn function_integration(gateway: &str, function: &str, format: &str) -> Id<cfn::api_gateway_v2::Integration> {
    let readable = format!("{}To{}FunctionIntegration", named(gateway), named(function));
    hashed(readable, &[written_name(gateway), written_name(function), "function", format])
}

/// The permission of a gateway to call a function for its routes.
pub(crate) fn gateway_permission(gateway: &str, function: &str) -> Id<cfn::lambda::Permission> {
    hashed(format!("{}To{}GatewayPermission", named(gateway), named(function)), &[written_name(gateway), written_name(function)])
}

/// An authorizer of a gateway's routes, without what belongs to a route alone.
pub(crate) fn authorizer(gateway: &str, authorizer: &Authorizer) -> Id<cfn::api_gateway_v2::Authorizer> {
    // Not every text of it is known now: how it is written stands for it.
    hashed(format!("{}Authorizer", named(gateway)), &[written_name(gateway), &serde_json::json!(authorizer).to_string()])
}

/// The permission of a gateway to call a function for its authorizers.
pub(crate) fn authorizer_permission(gateway: &str, function_arn: &Text) -> Id<cfn::lambda::Permission> {
    hashed(format!("{}AuthorizerPermission", named(gateway)), &[written_name(gateway), &serde_json::json!(function_arn).to_string()])
}

/// A route of a gateway.
pub(crate) fn route(gateway: &str, route_key: &str) -> Id<cfn::api_gateway_v2::Route> {
    let slug: String = pascal(&route_key.to_lowercase()).chars().take(SLUG_MAX).collect();
    hashed(format!("{}{slug}Route", named(gateway)), &[written_name(gateway), route_key])
}
