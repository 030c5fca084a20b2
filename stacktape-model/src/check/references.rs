//! References from one resource to another.

mod consumer;
mod event;
mod issue;

pub use issue::ReferenceIssue;

use crate::batch_job::BatchJob;
use crate::bucket::BucketAccessibility;
use crate::check::{Check, Resources, domains, params};
use crate::container::{Container, Event, Image, VolumeMount};
use crate::function::{Destinations, Function};
use crate::http_api_gateway::HttpApiGateway;
use crate::load_balancing::ListenerFrame;
use crate::log_forwarding::LogForwarding;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::{service_of, written_name};
use crate::overrides::Override;
use crate::private_service::{PrivateService, PrivateServiceIssue, PrivateServiceParam};
use crate::raw_resource::RawResource;
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind, ResourceType};
use crate::sqs_queue::{QueueEvent, SqsQueue};
use crate::stack_config::{ReuseVpc, StackConfig, VpcIds};
use crate::table::Table;
use crate::text::{Param, ParamRef, Text};
use crate::user_auth_pool::UserAuthPool;

/// The resources of the stack, by name.
struct Known<'a> {
    resources: Table<(&'a str, ResourceKind), &'a Resource>,
}

/// Checks that every reference leads to a resource of the right kind.
pub(crate) fn check(
    resources: Resources<'_>,
    raw_resources: &[RawResource],
    overrides: &[Override],
    config: &StackConfig,
    root: &mut Check<'_>,
) {
    let known = Known { resources: resources.iter().map(|resource| ((resource.name(), resource.kind()), resource)).collect() };
    let mut at = root.field("resources");
    for resource in resources.iter() {
        let mut at = at.field(written_name(resource.name())).written_at(resource.origin());
        known.check_overrides(resource.overrides(), &mut at);
        known.check_domains(resource, &mut at);
        let injected = resource.consumer().map(|consumer| known.check_consumer(&consumer, &mut at)).unwrap_or_default();
        match resource {
            Resource::MultiContainerWorkload(workload) => known.check_workload(workload, &injected, &mut at),
            Resource::ApplicationLoadBalancer(load_balancer) => {
                let listeners = load_balancer.listeners.iter().map(|listener| listener.frame(0));
                known.check_certificates(listeners, &mut at.field("listeners"));
            }
            Resource::BatchJob(job) => known.check_job(job, &injected, &mut at),
            Resource::Function(function) => known.check_function(function, &injected, &mut at),
            Resource::NetworkLoadBalancer(load_balancer) => load_balancer.at_listeners(&mut at, |at| {
                known.check_certificates(load_balancer.listeners.iter().map(|listener| listener.frame(0)), at);
            }),
            Resource::HttpApiGateway(gateway) => known.check_gateway(gateway, &mut at),
            Resource::SqsQueue(queue) => known.check_queue(queue, &mut at),
            Resource::StateMachine(machine) => {
                machine.definition.visit(&mut |param| known.check_param(param, &mut at.field("definition")));
            }
            Resource::KinesisStream(stream) => {
                if let Some(key) = stream.encryption.as_ref().and_then(|encryption| encryption.kms_key_arn.as_ref()) {
                    known.check_text(key, &mut at.field("encryption").field("kmsKeyArn"));
                }
            }
            Resource::UserAuthPool(pool) => known.check_pool(pool, &mut at),
            Resource::Bucket(bucket) => known.check_accessibility(bucket.accessibility.as_ref(), &mut at.field("accessibility")),
            // What a service is made of is checked by itself.
            Resource::DynamoDbTable(_)
            | Resource::EfsFilesystem(_)
            | Resource::EventBus(_)
            | Resource::PrivateService(_)
            | Resource::SnsTopic(_)
            | Resource::WebService(_)
            | Resource::WorkerService(_) => {}
        }
    }
    for raw in raw_resources {
        let mut section = root.field("cloudformationResources");
        let mut at = section.field(raw.logical_id()).written_at(raw.origin());
        for (key, value) in raw.body() {
            value.visit(&mut |param| known.check_param(param, &mut at.field(key)));
        }
    }
    known.check_overrides(overrides, root);
    if let Some(ReuseVpc::ById(ids)) = &config.vpc.reuse_vpc {
        known.check_vpc(ids, &mut root.field("stackConfig").field("vpc").field("reuseVpc").written_at(ids.origin));
    }
    root.field("stackConfig").field("outputs").each(&config.outputs, |at, output| known.check_text(&output.value, &mut at.field("value")));
}

impl Known<'_> {
    fn check_reference(&self, reference: &ResourceRef, at: &mut Check<'_>) {
        if self.resources.contains_key(&(reference.name.as_str(), reference.kind)) {
            return;
        }
        let mut at = at.written_here(reference.origin);
        let (name, kind) = (reference.name.clone(), reference.kind.as_str());
        if let Some((_, found)) = self.resources.keys().find(|(other, _)| *other == reference.name) {
            return at.report(&ReferenceIssue::WrongKind { name, kind, found: found.as_str() });
        }
        if let Some(service) = service_of(&name) {
            if self.resources.keys().all(|(other, _)| *other != service) {
                let (name, or) = (service.to_owned(), String::new());
                return at.report(&ReferenceIssue::Missing { name, kind: "service", or });
            }
            let parts: Vec<_> =
                self.resources.keys().filter(|(other, _)| service_of(other) == Some(service)).map(|(name, _)| *name).collect();
            let (expected, service) = (parts.join("`, `"), service.to_owned());
            return at.report(&ReferenceIssue::NoPart { name, kind, service, expected });
        }
        let of_kind: Vec<_> = self.resources.keys().filter(|(_, other)| *other == reference.kind).map(|(name, _)| *name).collect();
        let or = if of_kind.is_empty() { String::new() } else { format!("; the stack has `{}`", of_kind.join("`, `")) };
        at.report(&ReferenceIssue::Missing { name, kind, or });
    }

    fn check_param(&self, param: &ParamRef, at: &mut Check<'_>) {
        if param.param.is_secret() {
            let issue = ReferenceIssue::SecretWrittenOut { param: param.param.spelling().into_owned(), name: param.resource.name.clone() };
            return at.written_here(param.resource.origin).report(&issue);
        }
        self.check_known(param, at);
    }

    /// Checks a parameter at a place that may hold secrets.
    fn check_known(&self, param: &ParamRef, at: &mut Check<'_>) {
        self.check_reference(&param.resource, at);
        let resource = self.resources.get(&(param.resource.name.as_str(), param.resource.kind));
        if let Some(issue) = resource.and_then(|resource| params::missing(param.param, resource)) {
            at.written_here(param.resource.origin).report(&issue);
        }
        if let Param::PrivateService(PrivateServiceParam::Address { port }) = param.param
            && let Some(service) = resource.and_then(|resource| PrivateService::of(resource))
            && service.address() != Text::Param(param.clone())
        {
            let issue = PrivateServiceIssue::OtherAddress { name: service.name().to_owned(), found: port };
            at.written_here(param.resource.origin).report(&issue);
        }
    }

    fn check_domains(&self, resource: &Resource, at: &mut Check<'_>) {
        domains::each(resource, at, &mut |at, domain| {
            let mut at = at.written_here(domain.origin);
            for (key, text) in [("customCertificateArn", &domain.custom_certificate_arn), ("hostedZoneId", &domain.hosted_zone_id)] {
                if let Some(text) = text {
                    self.check_text(text, &mut at.field(key));
                }
            }
        });
    }

    fn check_vpc(&self, ids: &VpcIds, at: &mut Check<'_>) {
        self.check_text(&ids.vpc_id, &mut at.field("vpcId"));
        self.check_text(&ids.cidr_block, &mut at.field("cidrBlock"));
        for (key, _, ids) in ids.lists() {
            at.field(key).each(ids, |at, id| self.check_text(id, at));
        }
    }

    fn check_forwarding(&self, forwarding: Option<&LogForwarding>, at: &mut Check<'_>) {
        if let Some(forwarding) = forwarding {
            let mut logging = at.field("logging");
            let mut at = logging.field("logForwarding");
            for (key, text) in forwarding.texts() {
                self.check_text(text, &mut at.field(key));
            }
        }
    }

    fn check_gateway(&self, gateway: &HttpApiGateway, at: &mut Check<'_>) {
        if let Some(cors) = &gateway.cors {
            at.field("cors").field("allowedOrigins").each(&cors.allowed_origins, |at, origin| self.check_text(origin, at));
        }
        self.check_forwarding(gateway.logging.log_forwarding(), at);
    }

    fn check_certificates<'l>(&self, listeners: impl Iterator<Item = ListenerFrame<'l>>, at: &mut Check<'_>) {
        for (index, listener) in listeners.enumerate() {
            let mut at = at.index(index).written_at(listener.origin);
            at.field("customCertificateArns").each(listener.certificates, |at, arn| self.check_text(arn, at));
        }
    }

    fn check_queue(&self, queue: &SqsQueue, at: &mut Check<'_>) {
        if let Some(redrive) = &queue.redrive_policy {
            self.check_queue_ref(&redrive.target, &mut at.field("redrivePolicy").field(redrive.target_key()));
        }
        at.field("events").each(&queue.events, |at, event| match event {
            QueueEvent::EventBus(event) => self.check_bus_event(event, &mut at.written_here(event.origin)),
        });
        at.field("policyStatements").each(&queue.policy_statements, |at, statement| {
            statement.principal.visit(&mut |param| self.check_param(param, &mut at.field("Principal")));
            if let Some(condition) = &statement.condition {
                condition.visit(&mut |param| self.check_param(param, &mut at.field("Condition")));
            }
        });
    }

    fn check_pool(&self, pool: &UserAuthPool, at: &mut Check<'_>) {
        for (key, urls) in [("callbackURLs", &pool.callback_urls), ("logoutURLs", &pool.logout_urls)] {
            at.field(key).each(urls, |at, url| self.check_text(url, at));
        }
        if let Some(arn) = pool.email_configuration.as_ref().and_then(|email| email.ses_address_arn.as_ref()) {
            self.check_text(arn, &mut at.field("emailConfiguration").field("sesAddressArn"));
        }
        at.field("identityProviders").each(&pool.identity_providers, |at, provider| {
            for (key, text) in provider.texts() {
                self.check_text(text, &mut at.field(key));
            }
        });
        for (key, arn) in pool.hooks.iter().flat_map(|hooks| hooks.functions()) {
            self.check_text(arn, &mut at.field("hooks").field(key));
        }
    }

    fn check_accessibility(&self, accessibility: Option<&BucketAccessibility>, at: &mut Check<'_>) {
        let statements = accessibility.map_or(&[][..], |accessibility| &accessibility.access_policy_statements);
        at.field("accessPolicyStatements").each(statements, |at, statement| {
            at.field("Resource").each(&statement.resources, |at, resource| self.check_text(resource, at));
            let condition = statement.condition.iter().map(|condition| ("Condition", condition));
            for (key, value) in condition.chain([("Principal", &statement.principal)]) {
                value.visit(&mut |param| self.check_param(param, &mut at.field(key)));
            }
        });
    }

    fn check_overrides(&self, overrides: &[Override], at: &mut Check<'_>) {
        for value in overrides {
            let mut section = at.field("overrides");
            let mut at = section.field(&value.logical_id);
            value.value.visit(&mut |param| self.check_param(param, &mut at.field(&value.path)));
        }
    }

    fn check_text(&self, text: &Text, at: &mut Check<'_>) {
        text.visit(&mut |param| self.check_param(param, at));
    }

    fn check_workload(&self, workload: &MultiContainerWorkload, injected: &Table<String, &str>, at: &mut Check<'_>) {
        workload.each_container(at, |at, container| {
            self.check_environment(&container.environment, injected, &mut at.field("environment"));
            self.check_container(container, at);
        });
    }

    fn check_job(&self, job: &BatchJob, injected: &Table<String, &str>, at: &mut Check<'_>) {
        let mut container = at.field("container");
        self.check_environment(&job.container.environment, injected, &mut container.field("environment"));
        self.check_image(&job.container.packaging, &mut container.field("packaging"));
        self.check_forwarding(job.logging.log_forwarding(), at);
    }

    fn check_function(&self, function: &Function, injected: &Table<String, &str>, at: &mut Check<'_>) {
        self.check_environment(&function.environment, injected, &mut at.field("environment"));
        at.field("layers").each(&function.layers, |at, layer| self.check_text(layer, at));
        self.check_mounts(&function.volume_mounts, at);
        for (key, arn) in function.destinations.iter().flat_map(Destinations::texts) {
            self.check_text(arn, &mut at.field("destinations").field(key));
        }
        self.check_forwarding(function.logging.log_forwarding(), at);
        self.check_function_events(function, at);
    }

    fn check_container(&self, container: &Container, at: &mut Check<'_>) {
        at.field("events").each(&container.events, |at, event| match event {
            Event::ApplicationLoadBalancer(event) => self.check_rule(&event.rule, at),
            Event::NetworkLoadBalancer(event) => self.check_reference(&event.load_balancer, &mut at.field("loadBalancerName")),
            Event::HttpApi(event) => self.check_route(&event.route, at),
            Event::ServiceConnect(_) | Event::WorkloadInternal(_) => {}
        });
        self.check_mounts(&container.volume_mounts, at);
        self.check_forwarding(container.logging.log_forwarding(), at);
        self.check_image(&container.packaging, &mut at.field("packaging"));
    }

    fn check_mounts(&self, mounts: &[VolumeMount], at: &mut Check<'_>) {
        at.field("volumeMounts").each(mounts, |at, VolumeMount::Efs(mount)| {
            self.check_reference(&mount.filesystem, &mut at.field("efsFilesystemName"));
        });
    }

    fn check_image(&self, image: &Image, at: &mut Check<'_>) {
        if let Image::Prebuilt(image) = image {
            let parts = image.parts();
            self.check_text(parts.image, &mut at.field("image"));
            if let Some(arn) = parts.repository_credentials_secret_arn {
                self.check_text(arn, &mut at.field("repositoryCredentialsSecretArn"));
            }
        }
    }
}
