//! Requests that a load balancer sends to a container.

use stacktape_macros::Keyed;

use crate::application_load_balancer::{ApplicationLoadBalancer, ListenerRule, with_rule};
use crate::nested::Names;

/// Requests of a load balancer that meet conditions reach the port. Within a list one value must match, and every list that is
/// given must. YAML: `application-load-balancer`.
///
/// ```
/// use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
/// use stacktape_model::container::ApplicationLoadBalancerEvent;
/// let inside = ApplicationLoadBalancer::builder("inside").build();
/// let event = ApplicationLoadBalancerEvent::new(&inside, 3000, 10).path("/api/*").method("GET").header("X-Version", ["2", "2.*"]);
/// ```
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct ApplicationLoadBalancerEvent {
    /// Which requests.
    #[group]
    pub rule: ListenerRule,
    /// The port. YAML: `containerPort`.
    #[required]
    pub container_port: u16,
}

impl ApplicationLoadBalancerEvent {
    /// Sends requests to `container_port`; what requests these are is told by conditions, of which there must be one.
    #[track_caller]
    pub fn new(load_balancer: impl Names<ApplicationLoadBalancer>, container_port: u16, priority: u32) -> Self {
        Self { rule: ListenerRule::new(load_balancer, priority), container_port }
    }
}

with_rule!(ApplicationLoadBalancerEvent);
