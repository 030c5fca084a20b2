//! The strategies reach every part of the model, and shrink to small stacks.

mod balancing;
mod expected;
mod function_traffic;
mod functions;
mod images;
mod jobs;
mod machines;
mod messages;
mod services;
mod storage;
mod users;
mod workloads;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestError, TestRunner};
use stacktape_model::bucket::Bucket;
use stacktape_model::reference::Connection;
use stacktape_model::resource::Resource;
use stacktape_model::stack::ValidStack;
use stacktape_model::stack_config::{Nat, Output, ReuseVpc, StackConfig, StackVpc, Vpc, VpcIds};
use stacktape_model::strategy::StackStrategy;
use stacktape_model::text::{Param, Secret, Text};

use expected::EXPECTED;

use super::{cases, stacks, validated};

/// What was met: fields that are set, and the variants of enums.
#[derive(Default)]
struct Met(BTreeSet<String>);

impl Met {
    fn note(&mut self, what: &str, yes: bool) {
        if yes {
            self.0.insert(what.to_owned());
        }
    }

    /// A variant, by the first word of how it is debugged.
    fn variant(&mut self, what: &str, value: &impl std::fmt::Debug) {
        let text = format!("{value:?}");
        let name = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
        self.0.insert(format!("{what} {name}"));
    }

    // No `..` below: a new field of the model must not compile until the strategies reach it.

    fn stack(&mut self, stack: &ValidStack) {
        for resource in stack.resources() {
            match resource {
                Resource::ApplicationLoadBalancer(balancer) => self.load_balancer(balancer),
                Resource::BatchJob(job) => self.job(job),
                Resource::Bucket(bucket) => self.bucket(bucket),
                Resource::EfsFilesystem(filesystem) => self.filesystem(filesystem),
                Resource::DynamoDbTable(table) => self.table(table),
                Resource::EventBus(bus) => self.bus(bus),
                Resource::Function(function) => self.function(function),
                Resource::HttpApiGateway(gateway) => self.gateway(gateway),
                Resource::KinesisStream(stream) => self.stream(stream),
                Resource::MultiContainerWorkload(workload) => self.workload(workload),
                Resource::PrivateService(service) => self.private_service(service),
                Resource::WebService(service) => self.web_service(service),
                Resource::WorkerService(service) => self.worker_service(service),
                Resource::NetworkLoadBalancer(balancer) => self.network_load_balancer(balancer),
                Resource::SnsTopic(topic) => self.topic(topic),
                Resource::SqsQueue(queue) => self.queue(queue),
                Resource::StateMachine(machine) => self.machine(machine),
                Resource::UserAuthPool(pool) => self.pool(pool),
            }
        }
        let StackConfig { outputs, tags, vpc } = stack.config();
        self.vpc(vpc);
        self.note("tags", tags.len() > 1);
        self.note("overrides of the stack", !stack.overrides().is_empty());
        for Output { name: _, value, description, export, origin: _ } in outputs {
            self.note("output description", description.is_some());
            self.note("export", *export);
            self.text("output", value);
        }
        for raw in stack.raw_resources() {
            for key in raw.body().keys() {
                self.note(&format!("raw {key}"), true);
            }
        }
    }

    fn vpc(&mut self, vpc: &Vpc) {
        let Vpc { availability_zones, nat, reuse_vpc, export } = vpc;
        self.variant("zones", availability_zones);
        self.note("exported", *export);
        if let Some(Nat { availability_zones }) = nat {
            self.variant("gateways in", availability_zones);
            self.note("private subnets for others", *export);
        }
        match reuse_vpc {
            None => {}
            Some(ReuseVpc::OfStack(StackVpc { project_name: _, stage: _, origin: _ })) => self.note("the VPC of a stack", true),
            Some(ReuseVpc::ById(ids)) => {
                let VpcIds {
                    vpc_id,
                    cidr_block,
                    public_subnet_ids,
                    private_subnet_ids,
                    public_route_table_ids,
                    private_route_table_ids,
                    origin: _,
                } = ids;
                self.text("reused", vpc_id);
                self.text("addresses", cidr_block);
                self.note("no public subnets", public_subnet_ids.is_empty());
                self.note("route tables", !public_route_table_ids.is_empty() && !private_route_table_ids.is_empty());
                for id in public_subnet_ids.iter().chain(private_subnet_ids) {
                    self.text("subnet", id);
                }
            }
        }
    }

    fn text(&mut self, what: &str, text: &Text) {
        self.variant(what, text);
        if let Text::Param(param) = text {
            match param.param {
                Param::PrivateService(_) => self.note("param of a private service", true),
                param => self.note(&format!("param {param:?}"), true),
            }
        }
    }

    fn connections(&mut self, connections: &[Connection]) {
        for connection in connections {
            match connection {
                Connection::Resource(target) => self.variant("connected to", &target.kind),
                Connection::AwsService(service) => self.variant("connected to", service),
            }
        }
    }

    fn secret(&mut self, secret: &Secret) {
        self.note("secret by ARN", secret.is_arn());
        self.note("secret by name", !secret.is_arn());
        self.note("key of a secret", secret.json_key().is_some());
    }
}

#[test]
fn every_part_of_the_model_is_reached() {
    let mut runner = TestRunner::deterministic();
    let mut met = Met::default();
    for _ in 0..1500 {
        met.stack(&validated(stacks().new_tree(&mut runner).expect("a stack").current()));
    }
    let all = EXPECTED.iter().flat_map(|(begin, rest)| rest.split(' ').map(move |end| format!("{begin}{}", end.replace('_', " "))));
    // `X86_64` is a name, and no words.
    let missing: Vec<_> = all.filter(|what| !met.0.contains(what) && !met.0.contains(&what.replace("X86 64", "X86_64"))).collect();
    assert!(missing.is_empty(), "never met: {missing:?}, of {:#?}", met.0);
}

#[test]
fn a_failure_shrinks_to_the_smallest_stack() {
    let outcome = TestRunner::new(cases(256)).run(&StackStrategy::new(), |stack| {
        prop_assert!(validated(stack).all::<Bucket>().all(|bucket| !*bucket.parts().versioning));
        Ok(())
    });
    let Err(TestError::Fail(_, smallest)) = outcome else { panic!("a bucket with versions is among the stacks") };
    let smallest = validated(smallest);
    let versioned = Bucket::builder("bucketA").versioning(true).build();
    assert_eq!(smallest.name(), "shop-dev");
    assert_eq!(smallest.resources(), [Resource::from(versioned)]);
    assert!(smallest.raw_resources().is_empty() && *smallest.config() == StackConfig::default());
}
