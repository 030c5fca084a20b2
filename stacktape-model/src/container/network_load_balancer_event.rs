//! Connections that a network load balancer passes to a container.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::document::{Decode, Reader, Tree};
use crate::network_load_balancer::NetworkLoadBalancer;
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// Connections to a listener of a network load balancer reach the port. A listener leads to one port of one workload.
/// YAML: `network-load-balancer`.
///
/// ```
/// use stacktape_model::container::NetworkLoadBalancerEvent;
/// use stacktape_model::network_load_balancer::{NetworkListener, NetworkLoadBalancer};
/// let broker = NetworkLoadBalancer::builder("broker").listener(NetworkListener::tcp(1883)).build();
/// let event = NetworkLoadBalancerEvent::new(&broker, 1883, 1883);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkLoadBalancerEvent {
    /// The load balancer. YAML: `loadBalancerName`.
    pub load_balancer: ResourceRef,
    /// The listener. YAML: `listenerPort`.
    pub listener_port: u16,
    /// The port. YAML: `containerPort`.
    pub container_port: u16,
}

#[cfg(feature = "yaml")]
impl Decode for NetworkLoadBalancerEvent {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["loadBalancerName", "listenerPort", "containerPort"])?;
        let load_balancer = match fields.get("loadBalancerName") {
            Some(name) => ResourceRef::decode(name, ResourceKind::NetworkLoadBalancer, &mut at.field("loadBalancerName")),
            None => at.missing(tree, "loadBalancerName", "the name of a network-load-balancer of the stack"),
        };
        let listener_port: Option<u16> = fields.required("listenerPort", at);
        let container_port: Option<u16> = fields.required("containerPort", at);
        Some(Self { load_balancer: load_balancer?, listener_port: listener_port?, container_port: container_port? })
    }
}

impl Serialize for NetworkLoadBalancerEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { load_balancer, listener_port, container_port } = self;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("loadBalancerName", load_balancer)?;
        map.serialize_entry("listenerPort", listener_port)?;
        map.serialize_entry("containerPort", container_port)?;
        map.end()
    }
}

impl NetworkLoadBalancerEvent {
    /// Passes what comes to the listener at `listener_port` on to `container_port`.
    #[track_caller]
    pub fn new(load_balancer: &NetworkLoadBalancer, listener_port: u16, container_port: u16) -> Self {
        let load_balancer = ResourceRef::new(load_balancer.name(), ResourceKind::NetworkLoadBalancer);
        Self { load_balancer, listener_port, container_port }
    }

    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        self.load_balancer.origin
    }
}
