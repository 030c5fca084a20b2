//! Whole stacks.

use proptest::collection::{SizeRange, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::TestRunner;

use super::application_load_balancer::{self, load_balancer_later, use_it};
use super::batch_job::{self, batch_job_later};
use super::container::{Addresses, Routes, drop_second_addresses, drop_second_routes};
use super::dynamo_db_table;
use super::event_bus;
use super::function::{self, function_later};
use super::function_event::Subscribed;
use super::function_event::drop_second_traffic;
use super::image::BuildSources;
use super::kinesis_stream;
use super::load_balancer_event::{Priorities, drop_second_priorities, settle_health_checks};
use super::multi_container_workload::{self, workload_later};
use super::name::{self, letters, word};
use super::network_load_balancer::{self, Forwards, SERVED_MAX, drop_second_forwards, network_load_balancer_later, serve};
use super::raw_resource::{self, raw_later};
use super::service::{self, private_later, web_later, worker_later};
use super::sns_topic;
use super::sqs_queue::{self, sqs_queue_later};
use super::stack_config::{fit, outputs_later, tags, vpc};
use super::state_machine::{self, state_machine_later};
use super::surroundings::{Later, Named, Surroundings};
use super::user_auth_pool::{self, call_functions, hooks};
use super::{bucket, efs_filesystem, http_api_gateway};
use crate::check::network::asks_for_private_subnets;
use crate::dynamo_db_table::DynamoDbTable;
use crate::event_bus::EventBus;
use crate::kinesis_stream::KinesisStream;
use crate::load_balancing::Interface;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested;
use crate::overrides::Override;
use crate::private_service::PrivateService;
use crate::resource::{Resource, ResourceKind, ResourceType};
use crate::sns_topic::SnsTopic;
use crate::stack::Stack;
use crate::stack_config::{Output, Tag, Vpc};
use crate::user_auth_pool::UserAuthPool;
use crate::web_service::{WebLoadBalancing, WebService};
use crate::worker_service::WorkerService;

/// Valid stacks: without any finding, and of resources that refer to each other. Shrinks to an empty stack, or to the fewest
/// resources that were asked for, without properties.
///
/// ```
/// use proptest::prelude::*;
/// use stacktape_model::resource::ResourceKind;
/// use stacktape_model::strategy::StackStrategy;
///
/// let stacks = StackStrategy::new().kinds(&[ResourceKind::Bucket]).buckets(1..=3);
/// proptest!(|(stack in stacks)| {
///     prop_assert!((1..=3).contains(&stack.resources().len()));
///     prop_assert!(stack.validate().is_ok());
/// });
/// ```
#[derive(Clone, Debug)]
pub struct StackStrategy {
    buckets: SizeRange,
    efs_filesystems: SizeRange,
    http_api_gateways: SizeRange,
    application_load_balancers: SizeRange,
    network_load_balancers: SizeRange,
    sqs_queues: SizeRange,
    sns_topics: SizeRange,
    event_buses: SizeRange,
    kinesis_streams: SizeRange,
    dynamo_db_tables: SizeRange,
    batch_jobs: SizeRange,
    functions: SizeRange,
    state_machines: SizeRange,
    user_auth_pools: SizeRange,
    workloads: SizeRange,
    private_services: SizeRange,
    web_services: SizeRange,
    worker_services: SizeRange,
    raw_resources: SizeRange,
    kinds: Vec<ResourceKind>,
    stages: Vec<String>,
    sources: BuildSources,
}

impl Default for StackStrategy {
    fn default() -> Self {
        Self::new()
    }
}

impl StackStrategy {
    /// Up to three buckets, two queues, two state machines, one topic, bus, stream, table and user pool each, two file systems, two
    /// gateways, two load balancers of each kind, two jobs, two functions, three workloads, two private services, a web service, a worker
    /// and three raw resources, at any stage.
    pub fn new() -> Self {
        Self {
            buckets: (0..=3).into(),
            efs_filesystems: (0..=2).into(),
            http_api_gateways: (0..=2).into(),
            application_load_balancers: (0..=2).into(),
            network_load_balancers: (0..=2).into(),
            sqs_queues: (0..=2).into(),
            sns_topics: (0..=1).into(),
            event_buses: (0..=1).into(),
            kinesis_streams: (0..=1).into(),
            dynamo_db_tables: (0..=1).into(),
            batch_jobs: (0..=2).into(),
            functions: (0..=2).into(),
            state_machines: (0..=2).into(),
            user_auth_pools: (0..=1).into(),
            workloads: (0..=3).into(),
            private_services: (0..=2).into(),
            web_services: (0..=1).into(),
            worker_services: (0..=1).into(),
            raw_resources: (0..=3).into(),
            kinds: ResourceKind::ALL.to_vec(),
            stages: Vec::new(),
            sources: BuildSources::default(),
        }
    }

    /// How many buckets.
    pub fn buckets(mut self, number: impl Into<SizeRange>) -> Self {
        self.buckets = number.into();
        self
    }

    /// How many file systems.
    pub fn efs_filesystems(mut self, number: impl Into<SizeRange>) -> Self {
        self.efs_filesystems = number.into();
        self
    }

    /// How many HTTP API gateways.
    pub fn http_api_gateways(mut self, number: impl Into<SizeRange>) -> Self {
        self.http_api_gateways = number.into();
        self
    }

    /// How many application load balancers.
    pub fn application_load_balancers(mut self, number: impl Into<SizeRange>) -> Self {
        self.application_load_balancers = number.into();
        self
    }

    /// How many network load balancers. For each workload, which takes what they pass on, there are two at most.
    pub fn network_load_balancers(mut self, number: impl Into<SizeRange>) -> Self {
        self.network_load_balancers = number.into();
        self
    }

    /// How many queues.
    pub fn sqs_queues(mut self, number: impl Into<SizeRange>) -> Self {
        self.sqs_queues = number.into();
        self
    }

    /// How many topics.
    pub fn sns_topics(mut self, number: impl Into<SizeRange>) -> Self {
        self.sns_topics = number.into();
        self
    }

    /// How many event buses.
    pub fn event_buses(mut self, number: impl Into<SizeRange>) -> Self {
        self.event_buses = number.into();
        self
    }

    /// How many Kinesis streams.
    pub fn kinesis_streams(mut self, number: impl Into<SizeRange>) -> Self {
        self.kinesis_streams = number.into();
        self
    }

    /// How many DynamoDB tables.
    pub fn dynamo_db_tables(mut self, number: impl Into<SizeRange>) -> Self {
        self.dynamo_db_tables = number.into();
        self
    }

    /// How many state machines.
    pub fn state_machines(mut self, number: impl Into<SizeRange>) -> Self {
        self.state_machines = number.into();
        self
    }

    /// How many user pools.
    pub fn user_auth_pools(mut self, number: impl Into<SizeRange>) -> Self {
        self.user_auth_pools = number.into();
        self
    }

    /// How many workloads, of one to four containers each.
    pub fn workloads(mut self, number: impl Into<SizeRange>) -> Self {
        self.workloads = number.into();
        self
    }

    /// How many private services.
    pub fn private_services(mut self, number: impl Into<SizeRange>) -> Self {
        self.private_services = number.into();
        self
    }

    /// How many web services.
    pub fn web_services(mut self, number: impl Into<SizeRange>) -> Self {
        self.web_services = number.into();
        self
    }

    /// How many worker services.
    pub fn worker_services(mut self, number: impl Into<SizeRange>) -> Self {
        self.worker_services = number.into();
        self
    }

    /// How many raw CloudFormation resources.
    pub fn raw_resources(mut self, number: impl Into<SizeRange>) -> Self {
        self.raw_resources = number.into();
        self
    }

    /// Resources of these kinds only. Raw resources have no kind: see [`Self::raw_resources`].
    pub fn kinds(mut self, kinds: &[ResourceKind]) -> Self {
        self.kinds = kinds.to_vec();
        self
    }

    /// One of these stages, instead of any.
    pub fn stages<S: Into<String>>(mut self, stages: impl IntoIterator<Item = S>) -> Self {
        self.stages = stages.into_iter().map(Into::into).collect();
        self
    }

    /// Directories of the project with a `Dockerfile`, of which some images are built. Without them and entry files, all images are of registries.
    pub fn build_contexts<S: Into<String>>(mut self, directories: impl IntoIterator<Item = S>) -> Self {
        self.sources.build_contexts = directories.into_iter().map(Into::into).collect();
        self
    }

    /// How many batch jobs.
    pub fn batch_jobs(mut self, number: impl Into<SizeRange>) -> Self {
        self.batch_jobs = number.into();
        self
    }

    /// How many functions.
    pub fn functions(mut self, number: impl Into<SizeRange>) -> Self {
        self.functions = number.into();
        self
    }

    /// Directories and `.zip` files of the project that functions are made of; without any, functions name one that is not there, so
    /// that their stacks have templates and no assemblies.
    pub fn packages<S: Into<String>>(mut self, paths: impl IntoIterator<Item = S>) -> Self {
        self.sources.packages = paths.into_iter().map(Into::into).collect();
        self
    }

    /// Files of the project that start a program, of whose sources some images are built.
    pub fn entry_files<S: Into<String>>(mut self, files: impl IntoIterator<Item = S>) -> Self {
        self.sources.entry_files = files.into_iter().map(Into::into).collect();
        self
    }

    fn number(&self, kind: ResourceKind, number: &SizeRange) -> SizeRange {
        if self.kinds.contains(&kind) { number.clone() } else { 0.into() }
    }

    fn stacks(&self) -> BoxedStrategy<Stack> {
        let stage = if self.stages.is_empty() { name::stage().boxed() } else { select(self.stages.clone()).boxed() };
        let resources = (
            vec((word(name::BUCKET), bucket::parts()), self.number(ResourceKind::Bucket, &self.buckets)),
            vec((word(name::FILE_SYSTEM), efs_filesystem::parts()), self.number(ResourceKind::EfsFilesystem, &self.efs_filesystems)),
            vec((word(name::GATEWAY), http_api_gateway::parts()), self.number(ResourceKind::HttpApiGateway, &self.http_api_gateways)),
            vec(
                (word(name::LOAD_BALANCER), load_balancer_later()),
                self.number(ResourceKind::ApplicationLoadBalancer, &self.application_load_balancers),
            ),
            vec(
                (word(name::LOAD_BALANCER), network_load_balancer_later()),
                self.number(ResourceKind::NetworkLoadBalancer, &self.network_load_balancers),
            ),
            vec((word(name::WORKLOAD), workload_later(&self.sources)), self.number(ResourceKind::MultiContainerWorkload, &self.workloads)),
            vec((word(name::PRIVATE), private_later(&self.sources)), self.number(ResourceKind::PrivateService, &self.private_services)),
            vec((word(name::WEB), web_later(&self.sources)), self.number(ResourceKind::WebService, &self.web_services)),
            vec((word(name::WORKER), worker_later(&self.sources)), self.number(ResourceKind::WorkerService, &self.worker_services)),
            vec((word(name::RAW), raw_later()), self.raw_resources.clone()),
        );
        let sources = (
            vec((word(name::QUEUE), sqs_queue_later()), self.number(ResourceKind::SqsQueue, &self.sqs_queues)),
            vec((word(name::TOPIC), sns_topic::named()), self.number(ResourceKind::SnsTopic, &self.sns_topics)),
            vec((word(name::BUS), event_bus::named()), self.number(ResourceKind::EventBus, &self.event_buses)),
            vec((word(name::STREAM), kinesis_stream::named()), self.number(ResourceKind::KinesisStream, &self.kinesis_streams)),
            vec((word(name::FUNCTION), function_later(&self.sources)), self.number(ResourceKind::Function, &self.functions)),
            vec((word(name::JOB), batch_job_later(&self.sources)), self.number(ResourceKind::BatchJob, &self.batch_jobs)),
            vec((word(name::TABLE), dynamo_db_table::named()), self.number(ResourceKind::DynamoDbTable, &self.dynamo_db_tables)),
            vec((word(name::MACHINE), state_machine_later()), self.number(ResourceKind::StateMachine, &self.state_machines)),
            (vec((word(name::POOL), user_auth_pool::named()), self.number(ResourceKind::UserAuthPool, &self.user_auth_pools)), hooks()),
        );
        let whole = (tags(), outputs_later(), vpc(), any::<bool>());
        (name::project_name(), stage, (resources, sources), whole).prop_map(put_together).boxed()
    }
}

/// Everything of a stack, one beside the other.
type Pieces = (String, String, (Resources, Sources), Whole);
type Resources = (
    Vec<(&'static str, bucket::Parts)>,
    Vec<(&'static str, efs_filesystem::Parts)>,
    Vec<(&'static str, http_api_gateway::Parts)>,
    Vec<(&'static str, Later<application_load_balancer::Named>)>,
    Vec<(&'static str, Later<network_load_balancer::Named>)>,
    Vec<(&'static str, Later<multi_container_workload::Named>)>,
    Vec<(&'static str, Later<service::Named<PrivateService>>)>,
    Vec<(&'static str, Later<service::Named<WebService>>)>,
    Vec<(&'static str, Later<service::Named<WorkerService>>)>,
    Vec<(&'static str, Later<raw_resource::Named>)>,
);
type Sources = (
    Vec<(&'static str, Later<sqs_queue::Named>)>,
    Vec<(&'static str, Named<SnsTopic>)>,
    Vec<(&'static str, Named<EventBus>)>,
    Vec<(&'static str, Named<KinesisStream>)>,
    Vec<(&'static str, Later<function::Named>)>,
    Vec<(&'static str, Later<batch_job::Named>)>,
    Vec<(&'static str, Named<DynamoDbTable>)>,
    Vec<(&'static str, Later<state_machine::Named>)>,
    (Vec<(&'static str, Named<UserAuthPool>)>, Vec<user_auth_pool::Hook>),
);
type Whole = (Vec<Tag>, Later<Vec<Output>>, Vpc, bool);

fn numbered(index: usize, word: &str) -> String {
    format!("{word}{}", letters(index))
}

/// Names queues, topics, buses, streams, tables, user pools and state machines.
fn resources_of((queues, topics, buses, streams, _, _, tables, machines, (pools, _)): &Sources) -> Vec<Resource> {
    fn all<T: Into<Resource>>(named: &[(&'static str, Named<T>)]) -> impl Iterator<Item = Resource> {
        named.iter().enumerate().map(|(index, (word, named))| named.named(&numbered(index, word)).into())
    }
    let mut around = Surroundings::none();
    around.resources = all(topics).chain(all(buses)).chain(all(streams)).chain(all(tables)).chain(all(pools)).collect();
    for (index, (word, later)) in queues.iter().enumerate() {
        // Each hands messages on to one of those before, so that there is no circle.
        let queue = later.within(&around)(&numbered(index, word));
        around = around.with_resource(queue);
    }
    for (index, (word, later)) in machines.iter().enumerate() {
        // Each uses those before, so that there is no circle.
        let machine = later.within(&around)(&numbered(index, word));
        around = around.with_resource(machine);
    }
    around.resources
}

/// Adds what runs when it is called: functions and jobs.
fn with_called(sources: &Sources, mut around: Surroundings, routes: &mut Routes, priorities: &mut Priorities) -> Surroundings {
    let mut subscribed = Subscribed::default();
    for (index, (word, later)) in sources.4.iter().enumerate() {
        // Each refers to those before, so that there is no circle.
        let mut function = later.within(&around)(&numbered(index, word));
        drop_second_traffic(&mut function.events, routes, priorities);
        subscribed.drop_second(&mut function.events);
        around = around.with_resource(function);
    }
    for (index, (word, later)) in sources.5.iter().enumerate() {
        // The same, with functions before jobs.
        let mut job = later.within(&around)(&numbered(index, word));
        drop_second_traffic(&mut job.events, routes, priorities);
        subscribed.drop_second(&mut job.events);
        around = around.with_resource(job);
    }
    call_functions(&mut around, &sources.8.1);
    around
}

/// Names resources and lets them refer to each other.
fn put_together((project, stage, (resources, sources), whole): Pieces) -> Stack {
    let (buckets, filesystems, gateways, balancers, passing, workloads, private, web, workers, raw) = resources;
    let (tags, outputs, vpc, overridden) = whole;
    let mut stack = Stack::new(project, stage);
    let mut around = Surroundings::none();
    for (index, (word, parts)) in buckets.iter().enumerate() {
        around.buckets.push(parts.named(&numbered(index, word)));
    }
    for (index, (word, parts)) in filesystems.iter().enumerate() {
        around.filesystems.push(parts.named(&numbered(index, word)));
    }
    around.resources = resources_of(&sources);
    for (index, (word, parts)) in gateways.iter().enumerate() {
        around.gateways.push(parts.named(&numbered(index, word)));
    }
    for (index, (word, later)) in raw.iter().enumerate() {
        // Each refers to those before, so that there is no circle.
        let resource = later.within(&around)(&numbered(index, word));
        around.raw_resources.push(resource);
    }
    for (index, (word, later)) in balancers.iter().enumerate() {
        let balancer = later.within(&around)(&numbered(index, word));
        around.load_balancers.push(balancer);
    }
    let (mut routes, mut addresses, mut priorities) = (Routes::new(), Addresses::new(), Priorities::new());
    for (index, (word, later)) in private.iter().enumerate() {
        let service = later.within(&around)(&numbered(index, word));
        around.private_services.push(service.clone());
        put_in_front(&service.into(), &mut around, &mut routes, &mut priorities);
    }
    for (index, (word, later)) in web.iter().enumerate() {
        let service = later.within(&around)(&numbered(index, word));
        around.web_services.push(service.clone());
        put_in_front(&service.into(), &mut around, &mut routes, &mut priorities);
    }
    around = with_called(&sources, around, &mut routes, &mut priorities);
    for (index, (word, later)) in workers.iter().enumerate() {
        stack.add(later.within(&around)(&numbered(index, word)));
    }
    for (index, (word, later)) in passing.iter().take(SERVED_MAX * workloads.len()).enumerate() {
        // Names of load balancers of both kinds begin with the same words.
        let balancer = later.within(&around)(&numbered(balancers.len() + index, word));
        around.network_load_balancers.push(balancer);
    }
    let mut outputs = outputs.within(&around);
    for gateway in around.gateways.iter().filter(|gateway| !gateway.custom_domains.is_empty()) {
        outputs.push(Output::new(format!("gatewayDomain{}", outputs.len()), gateway.canonical_domain()));
    }
    let mut forwards = Forwards::new();
    let mut made = Vec::new();
    for (index, (word, later)) in workloads.iter().enumerate() {
        let mut workload = later.within(&around)(&numbered(index, word));
        drop_second_routes(&mut workload.containers, &mut routes);
        drop_second_addresses(&workload.name, &mut workload.containers, &mut addresses);
        drop_second_priorities(&mut workload.containers, &mut priorities);
        drop_second_forwards(&mut workload.containers, &mut forwards);
        made.push(workload);
    }
    for (index, balancer) in around.network_load_balancers.iter_mut().enumerate() {
        serve(balancer, &mut made[index / SERVED_MAX], &mut forwards);
        // Only now is it known which listeners stay.
        outputs.push(Output::new(format!("balancerPort{}", outputs.len()), balancer.listener_port(balancer.listeners()[0].port())));
    }
    for mut workload in made {
        settle_health_checks(&mut workload.containers);
        stack.add(workload);
    }
    stack.resources.extend(around.private_services.iter().cloned().map(Resource::from));
    stack.resources.extend(around.web_services.iter().cloned().map(Resource::from));
    let nested: Vec<_> = stack.resources.iter().flat_map(Resource::expand).collect();
    let running: Vec<_> = stack.resources.iter().chain(&nested).filter_map(MultiContainerWorkload::of).collect();
    stack.config.vpc = fit(vpc, asks_for_private_subnets(running.iter().copied()), needs_public_subnets(&running, &around));
    if overridden && !running.is_empty() && stack.config.vpc.reuse_vpc.is_none() {
        stack.override_with(Override::new("StpVpc", "InstanceTenancy", "default"));
    }
    stack.config.tags = tags;
    if around.resources.iter().any(|resource| resource.kind() == ResourceKind::KinesisStream) {
        kinesis_stream::shorten_tags(&mut stack.config.tags);
    }
    stack.resources.extend(around.buckets.into_iter().map(Resource::from));
    stack.resources.extend(around.filesystems.into_iter().map(Resource::from));
    stack.resources.extend(around.resources);
    stack.resources.extend(around.gateways.into_iter().filter(|gateway| written_by_itself(&gateway.name)).map(Resource::from));
    stack.resources.extend(around.network_load_balancers.into_iter().map(Resource::from));
    for mut balancer in around.load_balancers.into_iter().filter(|balancer| written_by_itself(&balancer.name)) {
        if priorities.iter().all(|(name, _, _)| *name != balancer.name) {
            use_it(&mut balancer);
        } else if balancer.listeners.is_empty() && balancer.url_parts().is_ok() {
            // Only now is it known that it keeps its URL.
            outputs.push(Output::new(format!("balancerUrl{}", outputs.len()), balancer.url()));
        }
        stack.add(balancer);
    }
    stack.config.outputs = outputs;
    stack.raw_resources = around.raw_resources;
    stack
}

fn needs_public_subnets(workloads: &[&MultiContainerWorkload], around: &Surroundings) -> bool {
    let balanced = around.load_balancers.iter().any(|balancer| balancer.interface == Interface::Internet);
    let passed = around.network_load_balancers.iter().any(|balancer| balancer.interface == Interface::Internet);
    let served = around.web_services.iter().any(|service| matches!(service.load_balancing, WebLoadBalancing::NetworkLoadBalancer(_)));
    balanced || passed || served || workloads.iter().any(|workload| !workload.use_private_subnets_with_nat)
}

/// Lets others add routes and rules to what stands in front of a service.
fn put_in_front(service: &Resource, around: &mut Surroundings, routes: &mut Routes, priorities: &mut Priorities) {
    for part in service.expand() {
        match part {
            Resource::HttpApiGateway(gateway) => around.gateways.push(gateway),
            Resource::ApplicationLoadBalancer(balancer) => around.load_balancers.push(balancer),
            Resource::MultiContainerWorkload(mut workload) => {
                drop_second_routes(&mut workload.containers, routes);
                drop_second_priorities(&mut workload.containers, priorities);
            }
            _ => {}
        }
    }
}

fn written_by_itself(name: &str) -> bool {
    nested::service_of(name).is_none()
}

impl Strategy for StackStrategy {
    type Tree = Box<dyn ValueTree<Value = Stack>>;
    type Value = Stack;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        self.stacks().new_tree(runner)
    }
}
