//! What a value may refer to.

use std::fmt;
use std::rc::Rc;

use proptest::sample::Index;

use crate::application_load_balancer::ApplicationLoadBalancer;
use crate::bucket::Bucket;
use crate::efs_filesystem::EfsFilesystem;
use crate::http_api_gateway::HttpApiGateway;
use crate::network_load_balancer::NetworkLoadBalancer;
use crate::private_service::PrivateService;
use crate::raw_resource::RawResource;
use crate::reference::ResourceRef;
use crate::resource::Resource;
use crate::text::{ParamRef, Text};
use crate::web_service::WebService;

/// What is around a value in its stack, so that it can refer to it: events to gateways and load balancers, `connectTo` to buckets,
/// queues and services, mounts to file systems, variables to the parameters of all.
///
/// ```
/// use proptest::prelude::*;
/// use stacktape_model::bucket::Bucket;
/// use stacktape_model::strategy::{ Surroundings, self };
///
/// let photos = Bucket::builder("photos").build();
/// let around = Surroundings::none().with_bucket(&photos);
/// proptest!(|(api in strategy::workload("api", &around))| {
///     prop_assert!(!api.containers().is_empty());
/// });
/// ```
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    pub(super) buckets: Vec<Bucket>,
    pub(super) filesystems: Vec<EfsFilesystem>,
    pub(super) gateways: Vec<HttpApiGateway>,
    pub(super) load_balancers: Vec<ApplicationLoadBalancer>,
    pub(super) private_services: Vec<PrivateService>,
    pub(super) web_services: Vec<WebService>,
    pub(super) network_load_balancers: Vec<NetworkLoadBalancer>,
    pub(super) raw_resources: Vec<RawResource>,
    /// Whatever else workloads can be connected to.
    pub(super) resources: Vec<Resource>,
}

impl Surroundings {
    /// Nothing: values refer to nothing but themselves.
    pub fn none() -> Self {
        Self::default()
    }

    /// Lets values refer to a bucket.
    pub fn with_bucket(mut self, bucket: &Bucket) -> Self {
        self.buckets.push(bucket.clone());
        self
    }

    /// Lets values refer to a file system.
    pub fn with_efs_filesystem(mut self, filesystem: &EfsFilesystem) -> Self {
        self.filesystems.push(filesystem.clone());
        self
    }

    /// Lets values refer to a gateway.
    pub fn with_http_api_gateway(mut self, gateway: &HttpApiGateway) -> Self {
        self.gateways.push(gateway.clone());
        self
    }

    /// Lets values refer to a load balancer.
    pub fn with_application_load_balancer(mut self, load_balancer: &ApplicationLoadBalancer) -> Self {
        self.load_balancers.push(load_balancer.clone());
        self
    }

    /// Lets values refer to a private service.
    pub fn with_private_service(mut self, service: &PrivateService) -> Self {
        self.private_services.push(service.clone());
        self
    }

    /// Lets values refer to a web service.
    pub fn with_web_service(mut self, service: &WebService) -> Self {
        self.web_services.push(service.clone());
        self
    }

    /// Lets values refer to a network load balancer.
    pub fn with_network_load_balancer(mut self, load_balancer: &NetworkLoadBalancer) -> Self {
        self.network_load_balancers.push(load_balancer.clone());
        self
    }

    /// Lets values refer to a queue, topic, bus, stream, table, state machine or user pool.
    pub fn with_resource(mut self, resource: impl Into<Resource>) -> Self {
        self.resources.push(resource.into());
        self
    }

    /// Lets values refer to a raw resource.
    pub fn with_raw_resource(mut self, resource: &RawResource) -> Self {
        self.raw_resources.push(resource.clone());
        self
    }
}

/// One of several, where there are any.
pub(super) fn pick<T>(index: Index, all: &[T]) -> Option<&T> {
    (!all.is_empty()).then(|| index.get(all))
}

/// Any parameter that a resource has.
#[track_caller]
pub(super) fn param_of(resource: &Resource, which: Index) -> Option<Text> {
    let mut params = resource.params();
    // Secrets go to few places.
    params.retain(|param| !param.is_secret());
    let param = *pick(which, &params)?;
    Some(Text::Param(ParamRef { resource: ResourceRef::new(resource.name(), resource.kind()), param }))
}

/// A resource that waits for its name.
#[derive(Clone)]
pub(super) struct Named<T>(Rc<dyn Fn(&str) -> T>);

impl<T> Named<T> {
    pub(super) fn new(make: impl Fn(&str) -> T + 'static) -> Self {
        Self(Rc::new(make))
    }

    pub(super) fn named(&self, name: &str) -> T {
        (self.0)(name)
    }
}

/// proptest asks it of every value on the way; only whole values are ever shown.
impl<T> fmt::Debug for Named<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Named")
    }
}

/// A value that is made when its surroundings are known. So a stack shrinks in all its parts at once: no part has to be made
/// anew because another one has changed.
pub(super) struct Later<T>(Box<dyn Fn(&Surroundings) -> T>);

impl<T> Later<T> {
    pub(super) fn new(make: impl Fn(&Surroundings) -> T + 'static) -> Self {
        Self(Box::new(make))
    }

    pub(super) fn within(&self, surroundings: &Surroundings) -> T {
        (self.0)(surroundings)
    }
}

impl<T: Clone + 'static> Later<T> {
    /// A value that refers to nothing.
    pub(super) fn ready(value: T) -> Self {
        Self::new(move |_| value.clone())
    }
}

/// proptest asks it of every value on the way; only whole values are ever shown.
impl<T> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}
