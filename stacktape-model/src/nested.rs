//! Resources that services are made of: ordinary ones, whose names begin with that of their service.
//!
//! Names of users are letters and digits, so that a dot in a name can only be ours.

use std::fmt;
use std::marker::PhantomData;

use crate::reference::ResourceRef;
use crate::resource::ResourceType;

/// What a service can be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its containers: a `multi-container-workload`.
    ContainerWorkload,
    /// An `http-api-gateway` in front of it.
    HttpApiGateway,
    /// An `application-load-balancer` in front of it.
    LoadBalancer,
    /// A `network-load-balancer` in front of it.
    NetworkLoadBalancer,
    /// What starts a job when something happens: a `function`.
    TriggerFunction,
}

impl Part {
    const ALL: [Self; 5] =
        [Self::ContainerWorkload, Self::HttpApiGateway, Self::LoadBalancer, Self::NetworkLoadBalancer, Self::TriggerFunction];

    /// What stands behind the dot.
    const fn as_str(self) -> &'static str {
        match self {
            Self::ContainerWorkload => "containerWorkload",
            Self::HttpApiGateway => "httpApiGateway",
            Self::LoadBalancer => "loadBalancer",
            Self::NetworkLoadBalancer => "networkLoadBalancer",
            Self::TriggerFunction => "triggerFunction",
        }
    }

    /// The name of this part of a service.
    pub(crate) fn of(self, service: &str) -> String {
        format!("{service}.{}", self.as_str())
    }
}

/// The service that a resource is a part of, if it is one.
pub(crate) fn service_of(name: &str) -> Option<&str> {
    // Asked of every name again and again, and most are shorter than these.
    Part::ALL.iter().find_map(|part| name.strip_suffix(part.as_str())).and_then(|rest| rest.strip_suffix('.'))
}

/// The name that a user gave: that of the service, for a resource that is a part of one. Whatever is made of names, such as logical
/// ids, is made of this one.
///
/// ```
/// use stacktape_model::nested::written_name;
/// assert_eq!(written_name("shop.loadBalancer"), "shop");
/// assert_eq!(written_name("shop"), "shop");
/// ```
pub fn written_name(name: &str) -> &str {
    service_of(name).unwrap_or(name)
}

/// A resource that a service is made of, for whatever refers to it: `shop.load_balancer()`.
pub struct Nested<T> {
    name: String,
    of: PhantomData<fn() -> T>,
}

impl<T: ResourceType> Nested<T> {
    pub(crate) fn new(part: Part, service: &str) -> Self {
        Self { name: part.of(service), of: PhantomData }
    }
}

impl<T> Clone for Nested<T> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Nested<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Nested").field(&self.name).finish()
    }
}

/// A resource of a kind that an event can name: one of the stack, or one that a service is made of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `{T}`",
    label = "not what this event takes",
    note = "write `&resource`, or what a service has: `service.load_balancer()`, `service.http_api_gateway()`"
)]
pub trait Names<T>: sealed::Sealed {
    /// The reference to it.
    #[track_caller]
    fn reference(self) -> ResourceRef;
}

impl<T: ResourceType> Names<T> for &T {
    #[track_caller]
    fn reference(self) -> ResourceRef {
        ResourceRef::new(self.resource_name(), T::KIND)
    }
}

impl<T: ResourceType> Names<T> for Nested<T> {
    #[track_caller]
    fn reference(self) -> ResourceRef {
        ResourceRef::new(self.name, T::KIND)
    }
}

impl<T: ResourceType> Names<T> for &Nested<T> {
    #[track_caller]
    fn reference(self) -> ResourceRef {
        ResourceRef::new(self.name.as_str(), T::KIND)
    }
}

mod sealed {
    use super::Nested;
    use crate::resource::ResourceType;

    pub trait Sealed {}
    impl<T: ResourceType> Sealed for &T {}
    impl<T: ResourceType> Sealed for Nested<T> {}
    impl<T: ResourceType> Sealed for &Nested<T> {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_leads_back_to_its_service() {
        for part in Part::ALL {
            assert_eq!(service_of(&part.of("shop")), Some("shop"));
        }
        for name in ["shop", "shop.", ".", "", "shop.containers", "shop.LoadBalancer"] {
            assert_eq!((service_of(name), written_name(name)), (None, name));
        }
    }
}
