//! The stacks that golden templates are kept of, and that the judges deploy: the examples, and what they leave out.

use std::path::{Path, PathBuf};

use stacktape::prelude::*;

#[path = "../batch_job.rs"]
mod batch_job;
#[path = "scenarios/data.rs"]
mod data;
#[path = "../ec2.rs"]
mod ec2;
#[path = "../event_driven.rs"]
mod event_driven;
#[path = "../function_api.rs"]
mod function_api;
#[path = "scenarios/function_rules.rs"]
mod function_rules;
#[path = "scenarios/function_streams.rs"]
mod function_streams;
#[path = "scenarios/functions.rs"]
mod functions;
#[path = "../load_balancer.rs"]
mod load_balancer;
#[path = "scenarios/machines.rs"]
mod machines;
#[path = "scenarios/network.rs"]
mod network;
#[path = "../packaging.rs"]
mod packaging;
#[path = "../quickstart.rs"]
mod quickstart;
#[path = "../service_connect.rs"]
mod service_connect;
#[path = "scenarios/traffic.rs"]
mod traffic;
#[path = "../two_containers.rs"]
mod two_containers;
#[path = "scenarios/users.rs"]
mod users;
#[path = "../web_private_worker.rs"]
mod web_private_worker;
#[path = "scenarios/workloads.rs"]
mod workloads;

use data::{bucket, sources};
use function_rules::function_rules;
use function_streams::function_streams;
use functions::{function_packaging, function_traffic};
use machines::state_machines;
use network::{private_network, reused_vpc};
use traffic::{authorizers, balancing, domains, gateway, passing, services};
use users::user_pools;
use workloads::{access, engines, log_forwarding, scaling, storage};

/// A stack, and how it changes in an update.
#[derive(Clone, Copy)]
pub struct Scenario {
    pub name: &'static str,
    pub describe: fn(&mut Stack, &Target),
    pub change: fn(&mut Stack, &Target),
    /// What stays when the stack is deleted, since it is to be retained, as far as the double of AWS tells: the kind of each.
    #[allow(dead_code)] // the judges alone read it
    pub retains: &'static [&'static str],
}

pub const ALL: &[Scenario] = &[
    Scenario { name: "quickstart", describe: quickstart::describe, change: quickstart_changed, retains: &[] },
    Scenario {
        name: "two_containers",
        describe: two_containers::describe,
        change: |stack, target| tagged(stack, target, two_containers::describe),
        retains: &[],
    },
    Scenario {
        name: "service_connect",
        describe: service_connect::describe,
        change: |stack, target| grown(stack, target, service_connect::describe),
        retains: &[],
    },
    Scenario {
        name: "load_balancer",
        describe: load_balancer::describe,
        change: |stack, target| grown(stack, target, load_balancer::describe),
        retains: &[],
    },
    Scenario { name: "ec2", describe: ec2::describe, change: ec2_changed, retains: &[] },
    Scenario {
        name: "function_api",
        describe: function_api::describe,
        change: |stack, target| grown(stack, target, function_api::describe),
        retains: &[],
    },
    Scenario {
        name: "event_driven",
        describe: event_driven::describe,
        change: |stack, target| grown(stack, target, event_driven::describe),
        retains: &[],
    },
    Scenario {
        name: "function_traffic",
        describe: function_traffic,
        change: |stack, target| tagged(stack, target, function_traffic),
        retains: &[],
    },
    Scenario { name: "engines", describe: engines, change: |stack, target| grown(stack, target, engines), retains: &[] },
    Scenario {
        name: "packaging",
        describe: packaging::describe,
        change: |stack, target| tagged(stack, target, packaging::describe),
        retains: &[],
    },
    Scenario { name: "balancing", describe: balancing, change: |stack, target| tagged(stack, target, balancing), retains: &[] },
    Scenario {
        name: "web_private_worker",
        describe: web_private_worker::describe,
        change: |stack, target| grown(stack, target, web_private_worker::describe),
        retains: &[],
    },
    Scenario { name: "services", describe: services, change: |stack, target| tagged(stack, target, services), retains: &[] },
    Scenario { name: "passing", describe: passing, change: |stack, target| tagged(stack, target, passing), retains: &[] },
    Scenario { name: "domains", describe: domains, change: |stack, target| tagged(stack, target, domains), retains: &[] },
    Scenario { name: "bucket", describe: bucket, change: |stack, target| grown(stack, target, bucket), retains: &["bucket"] },
    Scenario { name: "gateway", describe: gateway, change: |stack, target| tagged(stack, target, gateway), retains: &[] },
    Scenario {
        name: "private_network",
        describe: private_network,
        change: |stack, target| grown(stack, target, private_network),
        retains: &[],
    },
    Scenario { name: "reused_vpc", describe: reused_vpc, change: |stack, target| grown(stack, target, reused_vpc), retains: &[] },
    Scenario { name: "storage", describe: storage, change: |stack, target| grown(stack, target, storage), retains: &[] },
    Scenario {
        name: "log_forwarding",
        describe: log_forwarding,
        change: |stack, target| grown(stack, target, log_forwarding),
        retains: &[],
    },
    Scenario { name: "authorizers", describe: authorizers, change: |stack, target| grown(stack, target, authorizers), retains: &[] },
    Scenario { name: "scaling", describe: scaling, change: |stack, target| grown(stack, target, scaling), retains: &[] },
    Scenario {
        name: "state_machines",
        describe: state_machines,
        change: |stack, target| grown(stack, target, state_machines),
        retains: &[],
    },
    Scenario { name: "user_pools", describe: user_pools, change: |stack, target| tagged(stack, target, user_pools), retains: &["role"] },
    Scenario { name: "sources", describe: sources, change: |stack, target| grown(stack, target, sources), retains: &[] },
    Scenario {
        name: "function_packaging",
        describe: function_packaging,
        change: |stack, target| tagged(stack, target, function_packaging),
        retains: &[],
    },
    Scenario {
        name: "batch_job",
        describe: batch_job::describe,
        change: |stack, target| tagged(stack, target, batch_job::describe),
        retains: &[],
    },
    Scenario {
        name: "function_rules",
        describe: function_rules,
        change: |stack, target| grown(stack, target, function_rules),
        retains: &[],
    },
    Scenario {
        name: "function_streams",
        describe: function_streams,
        change: |stack, target| grown(stack, target, function_streams),
        retains: &[],
    },
    Scenario { name: "access", describe: access, change: |stack, target| grown(stack, target, access), retains: &[] },
];

/// The directory of a scenario's sources: one of its own, or else that of all.
pub fn project(scenario: &str) -> PathBuf {
    let all = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = all.join("examples/apps").join(scenario);
    if own.is_dir() { own } else { all.to_owned() }
}

/// Builds a scenario's stack.
pub fn stack(scenario: &Scenario, describe: fn(&mut Stack, &Target)) -> (Stack, Target) {
    let target = Target::new(scenario.name.replace('_', "-"), "dev").project_directory(project(scenario.name));
    let mut stack = Stack::new(&target.project, &target.stage);
    describe(&mut stack, &target);
    (stack, target)
}

/// An update that touches every resource, and adds one. Not for stacks with buckets: the local double of AWS (moto 5.2.5) cannot
/// change the tags of a bucket whose name it chose itself.
fn tagged(stack: &mut Stack, target: &Target, describe: fn(&mut Stack, &Target)) {
    describe(stack, target);
    stack.tag("release", "2").add(Bucket::builder("addedLater"));
}

/// An update that adds a bucket and a workload that reads it.
fn grown(stack: &mut Stack, target: &Target, describe: fn(&mut Stack, &Target)) {
    describe(stack, target);
    let added = Bucket::builder("addedLater").build();
    let reader = MultiContainerWorkload::builder("reader", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")))
        .connect_to(&added);
    stack.output(Output::new("addedLaterName", added.bucket_name()));
    stack.add(reader).add(added);
}

/// The quickstart a release later: more instances, another route, no bucket any more.
fn quickstart_changed(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("mainGateway").cors(HttpApiCors::builder()).build();
    let api = MultiContainerWorkload::builder("apiServer", Fargate::new(Cpu::One, Memory::gib(4)))
        .container(
            Container::builder("api-container", Image::dockerfile("examples/apps/api"))
                .env("PORT", 3000)
                .env("RELEASE", 2)
                .event(HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", 3000))
                .event(HttpApiEvent::new(&gateway, Method::Get, "/photos/{id}", 3000)),
        )
        .scaling(Scaling::between(2, 8).keep_avg_memory_utilization_under(60))
        .build();
    stack.output(Output::new("url", gateway.url()));
    stack.add(gateway).add(api);
}

/// The shop on larger instances without a reserve, the worker on Fargate, and a third workload on instances of its own.
fn ec2_changed(stack: &mut Stack, _target: &Target) {
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let backend = |name: &str| Container::builder(name, Image::dockerfile("examples/apps/backend")).env("PORT", 80);
    let shop = MultiContainerWorkload::builder("shop", Ec2::new(["c5.xlarge", "c5a.xlarge"]))
        .container(backend("web").event(ApplicationLoadBalancerEvent::new(&main, 80, 1).listener_port(80).path("*")))
        .scaling(Scaling::fixed(2));
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Half, Memory::gib(1))).container(backend("main"));
    let reports = MultiContainerWorkload::builder("reports", Ec2::new(["t3.small"])).container(backend("main"));
    stack.add(main).add(shop).add(worker).add(reports);
}
