//! What workloads of a stack reach of each other by Service Connect.

use stacktape_model::container::{ServiceConnectEvent, ServiceConnectProtocol};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::table::sort_by;

use super::{Ingress, Source};
use crate::{hash, physical_name};

/// A port of a workload that the other workloads reach.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Endpoint {
    pub(crate) port: u16,
    pub(crate) protocol: Option<ServiceConnectProtocol>,
    /// The name in the address.
    pub(crate) alias: String,
    /// The name in the namespace.
    pub(crate) discovery_name: String,
}

/// Service Connect's longest alias.
const ALIAS_MAX: usize = 127;
/// Its longest name in a namespace.
const DISCOVERY_NAME_MAX: usize = 64;

/// The endpoints of a workload, by their ports, each of which has one, as validation made sure.
pub(super) fn endpoints(workload: &MultiContainerWorkload) -> Vec<Endpoint> {
    let events = workload.events_of();
    let on_ec2 = workload.parts().resources.ec2().is_some();
    let mut endpoints: Vec<_> = events.map(|(container, event)| Endpoint::of(event, workload.name(), container.name(), on_ec2)).collect();
    sort_by(&mut endpoints, |one, other| one.port.cmp(&other.port));
    endpoints
}

impl Endpoint {
    fn of(event: &ServiceConnectEvent, workload: &str, container: &str, on_ec2: bool) -> Self {
        let (port, protocol) = (event.container_port, event.protocol);
        let alias = physical_name::cut(event.alias_in(workload, container), ALIAS_MAX);
        let discovery_name = discovery_name(&alias, port, protocol, on_ec2);
        Self { port, protocol, alias, discovery_name }
    }

    /// Proxies reach the port from anywhere in the VPC. The groups of other tasks as sources would make a circle where two
    /// workloads reach each other.
    pub(super) fn ingress(&self) -> Ingress {
        Ingress { from: Source::Vpc, port: self.port, description: format!("from workloads of the stack to {}", self.alias) }
    }
}

/// A name of its own for each address, since several ports may share an alias, and for each protocol, since ECS never changes the
/// protocol of a name: <https://github.com/aws/containers-roadmap/issues/2378>. A workload that moves to EC2 becomes another service,
/// and for a while there are both.
fn discovery_name(alias: &str, port: u16, protocol: Option<ServiceConnectProtocol>, on_ec2: bool) -> String {
    let mut name = alias.replace('.', "-");
    if name != alias {
        name = format!("{name}-{}", hash::short(alias, 6));
    }
    name = format!("{name}-{port}");
    if let Some(protocol) = protocol {
        name = format!("{name}-{}", protocol.as_str());
    }
    if on_ec2 {
        name.push_str("-ec2");
    }
    physical_name::cut(name, DISCOVERY_NAME_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_a_protocol_have_a_name_of_their_own() {
        let long = "l".repeat(127);
        let addresses = [
            ("api", 80, None),
            ("api", 81, None),
            ("api", 80, Some(ServiceConnectProtocol::Http)),
            ("api", 80, Some(ServiceConnectProtocol::Http2)),
            ("api-80", 80, None),
            ("a.b", 80, None),
            ("a-b", 80, None),
            (&long, 80, None),
            (&long, 81, None),
        ];
        let mut names: Vec<_> = addresses.iter().map(|(alias, port, protocol)| discovery_name(alias, *port, *protocol, false)).collect();
        names.push(discovery_name("api", 80, None, true));
        assert_eq!(&names[..3], ["api-80", "api-81", "api-80-http"]);
        for name in &names {
            assert!(name.len() <= 64 && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'));
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), addresses.len() + 1);
    }
}
