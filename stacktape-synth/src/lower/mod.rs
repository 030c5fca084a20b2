//! From resources to CloudFormation: each kind returns a fragment, and nothing is registered anywhere.

mod application_load_balancer;
mod authorizer;
mod batch_job;
mod bucket;
mod container;
mod custom_domain;
mod dynamo_db_table;
mod ec2;
mod efs_filesystem;
mod environment;
mod event_bus;
mod event_rule;
pub(crate) mod expression;
mod function;
mod http_api_gateway;
mod image;
mod kinesis_stream;
mod load_balancing;
mod log_forwarding;
mod log_group;
mod multi_container_workload;
mod network_load_balancer;
mod outputs;
mod packaging;
mod role;
mod scaling;
mod service_connect;
mod shared;
mod sns_topic;
mod sqs_queue;
mod state_machine;
pub(crate) mod text;
mod user_auth_pool;
mod volume_mount;

pub(crate) use sns_topic::topic_arn;

use stacktape_model::batch_job::BatchJob;
use stacktape_model::expression::Expression;
use stacktape_model::function::Function;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::nested::written_name;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::removal_policy::RemovalPolicy;
use stacktape_model::resource::{Resource, ResourceType};
use stacktape_model::stack::{Stack, ValidStack};

use crate::assembly::{DockerBuild, FileBuild};
use crate::cfn::{Key, LogicalId, Node};
use crate::fragment::{Fragment, Owner, Rendered};
use crate::plan::Plan;
use crate::policy::Grant;

/// Lowers the whole stack.
pub(crate) fn lower(stack: &ValidStack, plan: &Plan<'_>) -> Vec<Fragment> {
    let resources = stack.expanded().map(|resource| lower_resource(resource, plan));
    let raw = stack.raw_resources().iter().map(|raw| lower_raw(raw, stack));
    std::iter::once(shared::lower(plan)).chain(resources).chain(raw).collect()
}

/// What the stack shows after a deployment.
pub(crate) fn outputs(plan: &Plan<'_>) -> Vec<(String, Node)> {
    outputs::lower(plan)
}

/// The images that must be built for a stack, valid or not, in the order of adding.
pub(crate) fn builds(stack: &Stack) -> Vec<DockerBuild> {
    stack.resources().iter().flat_map(builds_of).collect()
}

/// The files that must be read or made for a stack, valid or not, in the order of adding.
pub(crate) fn files(stack: &Stack) -> Vec<FileBuild> {
    stack.resources().iter().filter_map(Function::of).filter_map(function::build).collect()
}

fn builds_of(resource: &Resource) -> Vec<DockerBuild> {
    if let Some(job) = BatchJob::of(resource) {
        return batch_job::build(job).into_iter().collect();
    }
    let nested = resource.expand();
    let workloads = std::iter::once(resource).chain(&nested).filter_map(MultiContainerWorkload::of);
    workloads.flat_map(multi_container_workload::builds).collect()
}

fn lower_resource(resource: &Resource, plan: &Plan<'_>) -> Fragment {
    let mut fragment = Fragment::new(Owner::Resource { name: written_name(resource.name()).to_owned(), origin: resource.origin() });
    match resource {
        Resource::ApplicationLoadBalancer(balancer) => application_load_balancer::lower(balancer, plan, &mut fragment),
        Resource::BatchJob(job) => batch_job::lower(job, plan, &mut fragment),
        Resource::Bucket(bucket) => bucket::lower(bucket, plan, &mut fragment),
        Resource::EfsFilesystem(filesystem) => efs_filesystem::lower(filesystem, plan, &mut fragment),
        Resource::DynamoDbTable(table) => dynamo_db_table::lower(table, plan, &mut fragment),
        Resource::EventBus(bus) => event_bus::lower(bus, plan, &mut fragment),
        Resource::Function(function) => function::lower(function, plan, &mut fragment),
        Resource::HttpApiGateway(gateway) => http_api_gateway::lower(gateway, plan, &mut fragment),
        Resource::KinesisStream(stream) => kinesis_stream::lower(stream, plan, &mut fragment),
        Resource::MultiContainerWorkload(workload) => multi_container_workload::lower(workload, plan, &mut fragment),
        // What they are made of is lowered by itself.
        Resource::PrivateService(_) | Resource::WebService(_) | Resource::WorkerService(_) => {}
        Resource::NetworkLoadBalancer(balancer) => network_load_balancer::lower(balancer, plan, &mut fragment),
        Resource::SnsTopic(topic) => sns_topic::lower(topic, plan, &mut fragment),
        Resource::SqsQueue(queue) => sqs_queue::lower(queue, plan, &mut fragment),
        Resource::StateMachine(machine) => state_machine::lower(machine, plan, &mut fragment),
        Resource::UserAuthPool(pool) => user_auth_pool::lower(pool, plan, &mut fragment),
    }
    fragment
}

/// What a program that is connected to the resource may do; nothing where connections are refused.
pub(crate) fn grants(resource: &Resource, stack: &ValidStack) -> Vec<Grant> {
    match resource {
        Resource::BatchJob(job) => batch_job::grants(job, stack),
        Resource::Bucket(bucket) => bucket::grants(bucket),
        Resource::DynamoDbTable(table) => dynamo_db_table::grants(table),
        Resource::EventBus(bus) => event_bus::grants(bus),
        Resource::Function(function) => function::grants(function, stack),
        Resource::KinesisStream(stream) => kinesis_stream::grants(stream, stack),
        Resource::SnsTopic(topic) => sns_topic::grants(topic),
        Resource::SqsQueue(queue) => sqs_queue::grants(queue),
        Resource::StateMachine(machine) => state_machine::grants(machine),
        Resource::UserAuthPool(pool) => user_auth_pool::grants(pool),
        Resource::ApplicationLoadBalancer(_)
        | Resource::EfsFilesystem(_)
        | Resource::HttpApiGateway(_)
        | Resource::MultiContainerWorkload(_)
        | Resource::NetworkLoadBalancer(_)
        | Resource::WorkerService(_)
        // Of these is only told: their network is open anyway.
        | Resource::PrivateService(_)
        | Resource::WebService(_) => Vec::new(),
    }
}

/// What CloudFormation calls the policy.
const fn removal(policy: RemovalPolicy) -> &'static str {
    match policy {
        RemovalPolicy::Delete => "Delete",
        RemovalPolicy::Retain => "Retain",
    }
}

/// What AWS takes nothing twice in: the second one says nothing new.
fn once_each<T: Clone + PartialEq>(items: &[T]) -> Vec<T> {
    let mut once: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        if !once.contains(item) {
            once.push(item.clone());
        }
    }
    once
}

/// What the user wrote goes in unchanged.
fn lower_raw(raw: &RawResource, stack: &ValidStack) -> Fragment {
    let mut fragment = Fragment::new(Owner::Raw { origin: raw.origin() });
    let mut rendered = Rendered {
        id: LogicalId::new(raw.logical_id()),
        resource_type: Key::Borrowed(""),
        properties: Node::Object(Vec::new()),
        depends_on: Vec::new(),
        attributes: Vec::new(),
    };
    for (key, value) in raw.body() {
        match (key.as_str(), value) {
            ("Type", value) => rendered.resource_type = value.as_literal().unwrap_or_default().to_owned().into(),
            ("Properties", value) => rendered.properties = expression::lower(value, stack),
            ("DependsOn", Expression::List(ids)) => {
                rendered.depends_on.extend(ids.iter().filter_map(Expression::as_literal).map(LogicalId::new));
            }
            ("DependsOn", id) => rendered.depends_on.extend(id.as_literal().map(LogicalId::new)),
            (_, value) => rendered.attributes.push((key.clone().into(), expression::lower(value, stack))),
        }
    }
    fragment.resources.push(rendered);
    fragment
}
