//! Requests of a load balancer that call a function.

use stacktape_macros::Keyed;

use crate::application_load_balancer::{ApplicationLoadBalancer, ListenerRule, with_rule};
use crate::nested::Names;

/// Requests of a load balancer that meet conditions call the function. Within a list one value must match, and every list that is
/// given must. YAML: `application-load-balancer`.
///
/// ```
/// use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
/// use stacktape_model::function::{ApplicationLoadBalancerIntegration, Function, Package, Runtime};
/// let inside = ApplicationLoadBalancer::builder("inside").build();
/// let users = Function::builder("users", Package::artifact("dist/users", "index:handler"))
///     .runtime(Runtime::NodeJs24)
///     .event(ApplicationLoadBalancerIntegration::new(&inside, 10).path("/users/*").method("GET"));
/// ```
///
/// **Creates** an `AWS::ElasticLoadBalancingV2::ListenerRule`, and for all events of a load balancer one target group and the permission
/// to call the function. Requests and answers have at most 1 MB.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct ApplicationLoadBalancerIntegration {
    /// Which requests.
    #[group]
    pub rule: ListenerRule,
}

impl ApplicationLoadBalancerIntegration {
    /// Calls the function for requests; what requests these are is told by conditions, of which there must be one.
    #[track_caller]
    pub fn new(load_balancer: impl Names<ApplicationLoadBalancer>, priority: u32) -> Self {
        Self { rule: ListenerRule::new(load_balancer, priority) }
    }
}

with_rule!(ApplicationLoadBalancerIntegration);
