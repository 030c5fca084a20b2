//! References from one resource to another.

mod event;

use crate::batch_job::BatchJob;
use crate::bucket::BucketAccessibility;
use crate::check::{Check, Resources, domains, params};
use crate::consumer::Consumer;
use crate::container::{Container, EnvValue, EnvironmentVariable, Event, Image, VolumeMount};
use crate::function::{Destinations, Function};
use crate::load_balancing::ListenerFrame;
use crate::log_forwarding::LogForwarding;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::name::environment_variable;
use crate::nested::{service_of, written_name};
use crate::overrides::Override;
use crate::private_service::{PrivateService, PrivateServiceIssue, PrivateServiceParam};
use crate::raw_resource::RawResource;
use crate::reference::{Connection, ResourceRef};
use crate::resource::{Resource, ResourceKind, ResourceType};
use crate::sqs_queue::{QueueEvent, SqsQueue};
use crate::stack_config::{ReuseVpc, StackConfig, VpcIds};
use crate::table::Table;
use crate::text::{Param, ParamRef, Text};
use crate::user_auth_pool::UserAuthPool;

/// Mistakes in references.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "reference")]
#[non_exhaustive]
pub enum ReferenceIssue {
    /// A resource that is used must be part of the stack.
    #[error("found a reference to the {kind} `{name}`, which is not part of the stack, expected a resource that was added")]
    #[issue(
        help = "add it to the stack: `stack.add({name})`{or}",
        yaml = "add `{name}` to `resources`{or}",
        mend = "add the resource to the stack: `stack.add(name)`, or refer to one that is there"
    )]
    Missing {
        /// The name.
        name: String,
        /// The kind that is expected.
        kind: &'static str,
        /// What could be meant.
        or: String,
    },
    /// Something else has the name.
    #[error("found the {found} `{name}`, expected a {kind}")]
    #[issue(help = "rename one of the two, or refer to another resource")]
    WrongKind {
        /// The name.
        name: String,
        /// The kind that is expected.
        kind: &'static str,
        /// The kind that was found.
        found: &'static str,
    },
    /// A service is made of what it needs, and of nothing else.
    #[error("found a reference to the {kind} `{name}`, which the service `{service}` is not made of, expected one of `{expected}`")]
    #[issue(
        help = "let `{service}` have it by `.load_balancing(..)`, or refer to something else",
        yaml = "let `{service}` have it by `loadBalancing: {{type: {kind}}}`, or refer to something else"
    )]
    NoPart {
        /// The name.
        name: String,
        /// The kind that is expected.
        kind: &'static str,
        /// The service.
        service: String,
        /// What the service is made of.
        expected: String,
    },
    /// Of several listeners, none is the one that a URL leads to.
    #[error("found the `url` of `{name}`, {why}, expected `domain`")]
    #[issue(help = "put the URL together of `domain` and the port of a listener, or use a domain of your own")]
    NoUrl {
        /// The load balancer.
        name: String,
        /// Why it has none.
        why: &'static str,
    },
    /// A port is known of a listener.
    #[error("found the parameter `port{port}` of `{name}`, which does not listen there, expected {expected}")]
    #[issue(
        help = "write the port of one of its listeners, or write `.listener(..)` on the load balancer",
        yaml = "write the port of one of its listeners, or add one to `listeners`"
    )]
    NoListener {
        /// The port.
        port: u16,
        /// The load balancer.
        name: String,
        /// The ports that there are.
        expected: String,
    },
    /// Domains of one's own are known where there are any.
    #[error("found the parameter `{param}` of `{name}`, which has no custom domain, expected at least one")]
    #[issue(
        help = "write `.custom_domain(CustomDomain::builder(\"shop.example.com\").hosted_zone_id(..))` on it, or use `domain`",
        yaml = "write `customDomains` there, or use `domain`"
    )]
    NoCustomDomain {
        /// The parameter.
        param: String,
        /// The load balancer or gateway.
        name: String,
    },
    /// Some parameters come with a property of their resource.
    #[error("found the `{param}` of `{name}`, which has no `{key}`, expected a parameter that it has")]
    #[issue(
        help = "add `.{setter}(..)` to `{name}`, or refer to another parameter",
        yaml = "add `{key}` to `{name}`, or refer to another parameter"
    )]
    NoParam {
        /// The parameter.
        param: String,
        /// The resource.
        name: String,
        /// The property in Rust.
        setter: &'static str,
        /// The property in YAML.
        key: &'static str,
    },
    /// A secret goes to programs alone: whoever may read a template, an output or a policy would see it.
    #[error("found the `{param}` of `{name}`, which is a secret, expected it as the value of a variable only")]
    #[issue(
        help = "write it as it is into the environment of a program: `.env(\"SECRET\", {name}.client_secret())`, or connect the program",
        yaml = "write it as it is into the `environment` of a program, or connect the program"
    )]
    SecretWrittenOut {
        /// The parameter.
        param: String,
        /// The resource.
        name: String,
    },
    /// Two connected resources inject one variable; only the first one of them is told.
    #[error("found `{variable}` injected for both `{name}` and `{other}`, expected names that give different variables")]
    #[issue(help = "rename one of the two resources")]
    VariableTwice {
        /// The variable.
        variable: String,
        /// The resource.
        name: String,
        /// The resource that injects it too.
        other: String,
    },
    /// A variable that the user sets stays as it is.
    #[error("found the variable `{variable}`, which `connectTo` would inject for `{name}`, expected a name of its own")]
    #[issue(help = "remove the variable to have the injected value; as it stands, yours is used", warning)]
    VariableShadowed {
        /// The variable.
        variable: String,
        /// The resource.
        name: String,
    },
    /// `connectTo` injects variables of this prefix; tomorrow it may inject this one.
    #[error("found the variable `{variable}`, expected a name that does not begin with `STP_`, the prefix of what `connectTo` injects")]
    #[issue(help = "choose another prefix; as it stands, yours is used", warning)]
    VariablePrefix {
        /// The variable.
        variable: String,
    },
}

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
            Resource::HttpApiGateway(gateway) => known.check_forwarding(gateway.logging.log_forwarding(), &mut at),
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

    /// Checks what a program may use; returns the variables that it is told, and for which resource.
    fn check_consumer<'c>(&self, consumer: &Consumer<'c>, at: &mut Check<'_>) -> Table<String, &'c str> {
        at.field("connectTo").each(consumer.connections, |at, connection| {
            if let Connection::Resource(reference) = connection {
                self.check_reference(reference, at);
            }
        });
        at.field("iamRoleStatements").each(consumer.statements, |at, statement| {
            at.field("Resource").each(&statement.resources, |at, resource| self.check_text(resource, at));
            if let Some(condition) = &statement.condition {
                condition.visit(&mut |param| self.check_param(param, &mut at.field("Condition")));
            }
        });
        if consumer.is_told { self.injected_variables(consumer.connections, &mut at.field("connectTo")) } else { Table::new() }
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

    fn check_environment(&self, environment: &[EnvironmentVariable], injected: &Table<String, &str>, at: &mut Check<'_>) {
        at.each(environment, |at, variable| match &variable.value {
            EnvValue::Text(Text::Param(param)) => self.check_known(param, &mut at.field("value")),
            EnvValue::Text(text) => self.check_text(text, &mut at.field("value")),
            EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_) | EnvValue::Secret(_) => {}
        });
        check_shadowed(environment, injected, at);
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

    /// The variables that `connectTo` injects, and for which resource.
    fn injected_variables<'c>(&self, connections: &'c [Connection], at: &mut Check<'_>) -> Table<String, &'c str> {
        let mut injected = Table::new();
        for (index, connection) in connections.iter().enumerate() {
            let Connection::Resource(reference) = connection else { continue };
            let mut told = false;
            for variable in self.variables_of(reference) {
                if let Some(other) = injected.insert(variable.clone(), reference.name.as_str())
                    && other != reference.name
                    && !std::mem::replace(&mut told, true)
                {
                    let (name, other) = (reference.name.clone(), other.to_owned());
                    at.index(index).written_at(reference.origin).report(&ReferenceIssue::VariableTwice { variable, name, other });
                }
            }
        }
        injected
    }

    /// One for each thing that connected workloads are told of the resource.
    fn variables_of(&self, reference: &ResourceRef) -> Vec<String> {
        let resource = self.resources.get(&(reference.name.as_str(), reference.kind));
        let told = resource.map(|resource| resource.told()).unwrap_or_default();
        told.iter().map(|(word, _)| environment_variable(&reference.name, word)).collect()
    }
}

fn check_shadowed(environment: &[EnvironmentVariable], injected: &Table<String, &str>, at: &mut Check<'_>) {
    at.each(environment, |at, variable| {
        if let Some(name) = injected.get(&variable.name) {
            let issue = ReferenceIssue::VariableShadowed { variable: variable.name.clone(), name: (*name).to_owned() };
            at.written_here(variable.origin).field("name").report(&issue);
        } else if variable.name.starts_with("STP_") {
            let issue = ReferenceIssue::VariablePrefix { variable: variable.name.clone() };
            at.written_here(variable.origin).field("name").report(&issue);
        }
    });
}
