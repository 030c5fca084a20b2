//! A load balancer in front of a service.

use super::Service;
use crate::application_load_balancer::{ApplicationLoadBalancer, Listener};
use crate::container::LoadBalancerHealthCheck;
use crate::custom_domain::CustomDomain;
use crate::document::{Decode, Reader, Tree};
use crate::load_balancing::Interface;
use crate::nested::Part;

pub(crate) const APPLICATION_LOAD_BALANCER: &str = "application-load-balancer";

/// Where the one rule of a service stands among those that others add to its load balancer.
pub(crate) const PRIORITY: u32 = 3;

/// By an application load balancer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByApplicationLoadBalancer {
    /// How it finds out whether an instance is well. YAML: the properties, default: `/` every 5 seconds.
    pub health_check: Option<LoadBalancerHealthCheck>,
}

impl ByApplicationLoadBalancer {
    /// How it finds out whether an instance is well. YAML: the properties.
    pub fn health_check(mut self, health_check: impl Into<LoadBalancerHealthCheck>) -> Self {
        self.health_check = Some(health_check.into());
        self
    }

    /// Reads the properties: a health check, if there are any.
    #[cfg(feature = "yaml")]
    #[inline]
    pub(crate) fn decode(properties: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let read = LoadBalancerHealthCheck::decode(properties, at)?;
        Some(Self { health_check: Some(read).filter(|check| *check != LoadBalancerHealthCheck::default()) })
    }
}

impl Service<'_> {
    /// The load balancer in front of the service.
    pub(crate) fn load_balancer(
        &self,
        interface: Interface,
        listeners: Vec<Listener>,
        custom_domains: Vec<CustomDomain>,
    ) -> ApplicationLoadBalancer {
        // No `..`: what else a load balancer may have must be decided here.
        ApplicationLoadBalancer {
            name: Part::LoadBalancer.of(self.name),
            interface,
            listeners,
            custom_domains,
            overrides: Vec::new(),
            origin: self.origin,
        }
    }
}
