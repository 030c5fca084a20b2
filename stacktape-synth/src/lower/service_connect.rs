//! `service-connect`: what a service offers to the others of its stack, and that it may call them.

use stacktape_model::container::ServiceConnectProtocol;

use crate::cfn::PropertyType;
use crate::cfn::ecs::{service, task_definition as task};
use crate::plan::{Endpoint, Plan, WorkloadPlan};

/// The name of a port in its task, by which services offer it.
pub(super) fn port_name(port: u16) -> String {
    format!("port-{port}")
}

/// Every service takes part where one offers something, since any may call it.
pub(super) fn configuration(planned: &WorkloadPlan, plan: &Plan<'_>) -> Option<service::ServiceConnectConfiguration> {
    if plan.providers.is_empty() {
        return None;
    }
    let offered: Vec<_> = planned.endpoints.iter().map(offer).collect();
    let configuration = service::ServiceConnectConfiguration::new(true).namespace(plan.shared.namespace.att_arn());
    Some(configuration.set_some((!offered.is_empty()).then_some(offered), service::ServiceConnectConfiguration::services))
}

fn offer(endpoint: &Endpoint) -> service::ServiceConnectService {
    let alias = service::ServiceConnectClientAlias::new(endpoint.port).dns_name(endpoint.alias.clone());
    service::ServiceConnectService::new(port_name(endpoint.port))
        .client_aliases(vec![alias])
        .discovery_name(endpoint.discovery_name.clone())
}

pub(super) fn app_protocol(protocol: ServiceConnectProtocol) -> task::PortMappingAppProtocol {
    match protocol {
        ServiceConnectProtocol::Http => task::PortMappingAppProtocol::Http,
        ServiceConnectProtocol::Http2 => task::PortMappingAppProtocol::Http2,
        ServiceConnectProtocol::Grpc => task::PortMappingAppProtocol::Grpc,
    }
}
