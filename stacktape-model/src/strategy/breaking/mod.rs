//! Stacks with one mistake, by subject as the rules are.

mod application_load_balancer;
mod authorizer;
mod batch_job;
mod bucket;
mod buildpack;
mod container;
mod custom_domain;
mod dependency;
mod dynamo_db_table;
mod ec2;
mod event;
mod event_bus;
mod function;
mod function_buildpack;
mod function_event_pushed;
mod function_event_source;
mod function_event_traffic;
mod http_api_gateway;
mod iam;
mod image;
mod kinesis_stream;
mod log_forwarding;
mod name;
mod network;
mod network_load_balancer;
mod nixpacks;
mod planting;
mod raw_resource;
mod reference;
mod service;
mod service_connect;
mod sns_topic;
mod sqs_queue;
mod stack_config;
mod state_machine;
mod storage;
mod user_auth_pool;
mod workload;

use proptest::prelude::*;
use proptest::sample::Index;

use planting::{Mistake, Planting};

use super::StackStrategy;
use crate::resource::ResourceKind;
use crate::stack::Stack;
use crate::stack_config::ReuseVpc;
use crate::text::Text;

/// A stack with one mistake, and what is found in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Broken {
    /// The stack.
    pub stack: Stack,
    /// The code of the one finding.
    pub code: &'static str,
    /// The path of the one finding.
    pub path: String,
}

/// Valid stacks with one mistake planted in them: the one that the rule of this code finds, and nothing else is found. `None` for
/// what is no code of the model. Shrinks to a stack with little more than the mistake.
///
/// ```
/// use proptest::prelude::*;
/// use stacktape_model::strategy;
///
/// let broken = strategy::breaking("container::stop_timeout").expect("a code of the model");
/// proptest!(|(broken in broken)| {
///     let report = broken.stack.validate().expect_err("ECS would refuse it");
///     let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
///     prop_assert_eq!(found, [("container::stop_timeout", broken.path.as_str())]);
/// });
/// ```
pub fn breaking(code: &str) -> Option<BoxedStrategy<Broken>> {
    let mistake = SUBJECTS.iter().flat_map(|mistakes| mistakes.iter()).find(|mistake| mistake.code == code)?;
    Some((around(mistake.needs), any::<[Index; 3]>()).prop_map(|(stack, picks)| plant(mistake, stack, picks)).boxed())
}

const SUBJECTS: &[&[Mistake]] = &[
    application_load_balancer::MISTAKES,
    authorizer::MISTAKES,
    batch_job::MISTAKES,
    bucket::MISTAKES,
    buildpack::MISTAKES,
    container::MISTAKES,
    custom_domain::MISTAKES,
    dependency::MISTAKES,
    ec2::MISTAKES,
    dynamo_db_table::MISTAKES,
    event::MISTAKES,
    event_bus::MISTAKES,
    function::MISTAKES,
    function_buildpack::MISTAKES,
    function_event_traffic::MISTAKES,
    function_event_pushed::MISTAKES,
    function_event_source::MISTAKES,
    http_api_gateway::MISTAKES,
    iam::MISTAKES,
    image::MISTAKES,
    log_forwarding::MISTAKES,
    kinesis_stream::MISTAKES,
    name::MISTAKES,
    network::MISTAKES,
    network_load_balancer::MISTAKES,
    nixpacks::MISTAKES,
    raw_resource::MISTAKES,
    reference::MISTAKES,
    service::MISTAKES,
    service_connect::MISTAKES,
    sns_topic::MISTAKES,
    sqs_queue::MISTAKES,
    state_machine::MISTAKES,
    stack_config::MISTAKES,
    storage::MISTAKES,
    user_auth_pool::MISTAKES,
    workload::MISTAKES,
];

/// Small valid stacks with at least one resource of each kind that the mistake needs.
fn around(needs: &[ResourceKind]) -> StackStrategy {
    let number = |kind| if needs.contains(&kind) { 1..=2 } else { 0..=1_usize };
    StackStrategy::new()
        .buckets(number(ResourceKind::Bucket))
        .sqs_queues(0..=1)
        .application_load_balancers(number(ResourceKind::ApplicationLoadBalancer))
        .efs_filesystems(number(ResourceKind::EfsFilesystem))
        .network_load_balancers(number(ResourceKind::NetworkLoadBalancer))
        .http_api_gateways(number(ResourceKind::HttpApiGateway))
        .workloads(number(ResourceKind::MultiContainerWorkload))
        .private_services(number(ResourceKind::PrivateService))
        .web_services(number(ResourceKind::WebService))
        .worker_services(number(ResourceKind::WorkerService))
        .raw_resources(0..=1)
        .build_contexts(["services/api"])
        .entry_files(["src/main.ts"])
}

fn plant(mistake: &Mistake, mut stack: Stack, picks: [Index; 3]) -> Broken {
    // What is planted may need public subnets.
    if let Some(ReuseVpc::ById(ids)) = &mut stack.config.vpc.reuse_vpc
        && ids.public_subnet_ids.is_empty()
    {
        ids.public_subnet_ids = ["subnet-0000000a", "subnet-0000000b"].map(Text::from).into();
    }
    let path = (mistake.plant)(&mut Planting::new(&mut stack, picks));
    Broken { stack, code: mistake.code, path }
}
