//! `worker-service`: a container that runs continuously, and that nobody reaches.

use crate::check::Check;
use crate::resource::Resource;
use crate::service::{Listening, Traffic, service};

service! {
    /// A container that runs continuously, and that nobody reaches. YAML: `worker-service`.
    ///
    /// ```
    /// use stacktape_model::compute::Fargate;
    /// use stacktape_model::container::Image;
    /// use stacktape_model::units::{ Cpu, Memory };
    /// use stacktape_model::worker_service::WorkerService;
    ///
    /// let worker = WorkerService::builder("worker", Fargate::new(Cpu::Half, Memory::gib(1)), Image::dockerfile("worker")).build();
    /// ```
    ///
    /// **Creates** what a [`MultiContainerWorkload`](crate::multi_container_workload::MultiContainerWorkload) of one container does.
    ///
    /// It has no parameters that other resources could refer to.
    WorkerService, WorkerServiceBuilder, WorkerServiceParts {}
}

impl WorkerService {
    pub(crate) fn expand(&self) -> Vec<Resource> {
        vec![self.service().workload(Traffic::default()).into()]
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.service().check(Listening::Nowhere, at);
    }
}
