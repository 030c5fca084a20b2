//! Facts over the whole stack, decided once, before anything is lowered: what is shared, who reaches
//! whom, under which name.

mod access;
mod balancing;
mod buckets;
mod network;
mod queues;
mod routes;
mod service_connect;
mod storage;
mod tags;

pub(crate) use access::{Access, SecretValue, Told};
pub(crate) use balancing::{Balanced, Balancer, RulePlan, TargetGroupPlan};
pub(crate) use network::{Network, OwnNetwork};
pub(crate) use queues::Senders;
pub(crate) use routes::{GatewayPlan, Ingress, RouteAuthorizer, Source};
pub(crate) use service_connect::Endpoint;
pub(crate) use storage::{MountedBy, VolumePlan};
pub(crate) use tags::Tags;

use serde_json::Value as Json;
use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
use stacktape_model::batch_job::BatchJob;
use stacktape_model::function::Function;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::network_load_balancer::NetworkLoadBalancer;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::{Set, Table, sort_by};

use crate::cfn::{self, Id, Value, elastic_load_balancing_v2 as elb};
use crate::logical_id;
use crate::policy::{self, Grant};

/// What lowering needs to know beyond the resource in its hands.
pub(crate) struct Plan<'a> {
    pub(crate) stack: &'a ValidStack,
    pub(crate) tags: Tags,
    pub(crate) shared: logical_id::Shared,
    /// The network that everything runs in.
    pub(crate) network: Network,
    /// Whether gateways or workloads find instances in a private namespace.
    pub(crate) namespace: bool,
    /// What ECS itself may do for the tasks of the stack, where it has tasks.
    pub(crate) execution_role: Option<Vec<Grant>>,
    /// Who may take the role of a task, which is the same for each.
    pub(crate) task_trust: Value<Json>,
    /// The workloads on EC2 instances of their own.
    pub(crate) on_ec2: Vec<&'a str>,
    /// The workloads that offer something to the others.
    pub(crate) providers: Vec<&'a str>,
    /// The jobs, in the order of their names.
    pub(crate) jobs: Vec<&'a BatchJob>,
    gateways: Table<&'a str, GatewayPlan<'a>>,
    rules: Table<&'a str, Vec<RulePlan<'a>>>,
    forwards: Table<&'a str, Table<u16, Id<elb::TargetGroup>>>,
    mounted_by: Table<&'a str, Vec<MountedBy<'a>>>,
    workloads: Table<&'a str, WorkloadPlan<'a>>,
    access: Table<&'a str, Access>,
    senders: Table<&'a str, Senders>,
    watched_buckets: Set<&'a str>,
}

/// What the plan says of a workload.
#[derive(Default)]
pub(crate) struct WorkloadPlan<'a> {
    /// What may reach its tasks.
    pub(crate) ingress: Vec<Ingress>,
    /// What load balancers send to it.
    pub(crate) balanced: Balanced<'a>,
    /// Where gateways look for it.
    pub(crate) registry: Option<Registry>,
    /// What it offers to the other workloads.
    pub(crate) endpoints: Vec<Endpoint>,
    /// The directories of file systems that it mounts.
    pub(crate) volumes: Vec<VolumePlan<'a>>,
}

/// The registry of a workload, which knows one container and port of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Registry {
    pub(crate) id: Id<cfn::service_discovery::Service>,
    pub(crate) container: String,
    pub(crate) port: u16,
}

impl<'a> Plan<'a> {
    pub(crate) fn of(stack: &'a ValidStack) -> Self {
        let mut workloads: Table<_, _> = stack.workloads().map(|workload| (workload.name(), plan_workload(workload, stack))).collect();
        let access = access::plan(stack);
        let gateways = routes::plan(stack, &workloads);
        for (workload, ingress) in routes::ingress(&gateways) {
            workloads.entry(workload).or_default().ingress.push(ingress);
        }
        let providers: Vec<_> = workloads.iter().filter(|(_, workload)| !workload.endpoints.is_empty()).map(|(name, _)| *name).collect();
        let mounted_by = storage::mounted_by(stack);
        let balanced = stack.all::<ApplicationLoadBalancer>().next().is_some() || stack.all::<NetworkLoadBalancer>().next().is_some();
        let joined = stack.all::<Function>().any(|function| *function.parts().join_default_vpc);
        let mut jobs: Vec<_> = stack.all::<BatchJob>().collect();
        sort_by(&mut jobs, |one, other| one.name().cmp(other.name()));
        let needs_network = !workloads.is_empty() || balanced || !mounted_by.is_empty() || joined || !jobs.is_empty();
        let on_ec2 = stack.workloads().filter(|workload| workload.parts().resources.ec2().is_some());
        let execution_role = (!workloads.is_empty() || jobs.iter().any(|job| access[job.name()].needs_execution_role()))
            .then(|| access::execution_grants(access.values()));
        let shared = logical_id::Shared::new();
        Self {
            stack,
            tags: Tags::of(stack),
            network: Network::of(stack, needs_network, &shared),
            shared,
            namespace: !providers.is_empty() || gateways.values().any(|gateway| !gateway.containers.is_empty()),
            execution_role,
            task_trust: policy::trust("ecs-tasks.amazonaws.com", Some(policy::tasks_of_this_account())),
            on_ec2: on_ec2.map(MultiContainerWorkload::name).collect(),
            providers,
            jobs,
            gateways,
            rules: balancing::rules(stack, &workloads),
            forwards: balancing::forwards(stack),
            mounted_by,
            workloads,
            access,
            senders: queues::senders(stack),
            watched_buckets: buckets::watched(stack),
        }
    }

    pub(crate) fn gateway(&self, name: &str) -> &GatewayPlan<'a> {
        &self.gateways[name]
    }

    /// The rules of a load balancer.
    pub(crate) fn rules(&self, load_balancer: &str) -> &[RulePlan<'a>] {
        self.rules.get(load_balancer).map_or(&[], Vec::as_slice)
    }

    /// What a listener of a network load balancer leads to.
    pub(crate) fn forward(&self, load_balancer: &str, port: u16) -> &Id<elb::TargetGroup> {
        &self.forwards[load_balancer][&port]
    }

    /// What mounts a file system.
    pub(crate) fn mounted_by(&self, filesystem: &str) -> &[MountedBy<'a>] {
        self.mounted_by.get(filesystem).map_or(&[], Vec::as_slice)
    }

    /// Whether something runs in the cluster that workloads share.
    pub(crate) fn shares_cluster(&self) -> bool {
        self.on_ec2.len() < self.workloads.len()
    }

    /// The cluster of a workload: one for all on Fargate. Each workload on EC2 has one of its own, since ECS refuses to take away a
    /// provider of instances while tasks use it: in one cluster for all, no such workload could ever be removed from the list of
    /// providers, because CloudFormation changes the list before it deletes the service.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html>
    pub(crate) fn cluster(&self, workload: &str) -> Id<cfn::ecs::Cluster> {
        if self.on_ec2.contains(&workload) { logical_id::cluster(workload) } else { self.shared.cluster.clone() }
    }

    /// What sends to a queue in AWS's name, if anything does.
    pub(crate) fn senders(&self, queue: &str) -> Option<&Senders> {
        self.senders.get(queue)
    }

    /// Whether functions wait for what happens to the objects of a bucket.
    pub(crate) fn is_watched(&self, bucket: &str) -> bool {
        self.watched_buckets.contains(bucket)
    }

    /// What a program may reach, and what it is told.
    pub(crate) fn access(&self, consumer: &str) -> &Access {
        &self.access[consumer]
    }

    pub(crate) fn workload(&self, name: &str) -> &WorkloadPlan<'a> {
        &self.workloads[name]
    }
}

/// All but the traffic of gateways, which is told by them.
fn plan_workload<'a>(workload: &'a MultiContainerWorkload, stack: &'a ValidStack) -> WorkloadPlan<'a> {
    let endpoints = service_connect::endpoints(workload);
    let mut balanced = balancing::balanced(workload, stack);
    let mut ingress = std::mem::take(&mut balanced.ingress);
    ingress.extend(endpoints.iter().map(Endpoint::ingress));
    let volumes = storage::volumes(workload);
    WorkloadPlan { ingress, balanced, registry: routes::registry(workload), endpoints, volumes }
}
