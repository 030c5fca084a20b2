//! How containers of a task on EC2 reach each other.

use stacktape_model::compute::{Compute, Ec2, Fargate};
use stacktape_model::container::{Condition, Container, ContainerBuilder, ServiceConnectEvent, WorkloadInternalEvent};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::Stack;
use stacktape_model::units::{Cpu, Memory};

use crate::support::{Rule, named, rule, stack};

#[track_caller]
fn workload(compute: impl Into<Compute>, containers: Vec<ContainerBuilder>) -> MultiContainerWorkload {
    MultiContainerWorkload::builder("api", compute).containers(containers.into_iter().map(Container::from)).build()
}

#[track_caller]
fn on_ec2(containers: Vec<ContainerBuilder>) -> Stack {
    stack([workload(Ec2::new(["c5.large"]), containers)])
}

#[track_caller]
fn on_fargate(containers: Vec<ContainerBuilder>) -> Stack {
    stack([workload(Fargate::new(Cpu::Half, Memory::gib(1)), containers)])
}

#[track_caller]
fn internal(name: &str, port: u16) -> ContainerBuilder {
    named(name).event(WorkloadInternalEvent::new(port))
}

pub(crate) fn rules() -> Vec<Rule> {
    let both = || vec![internal("cache", 6379), internal("search", 9200)];
    let late = || vec![named("web"), internal("cache", 6379).depends_on_container("web", Condition::Start)];
    let calling = |address: &str| vec![named("web").env("CACHE", address), internal("cache", 6379)];
    let beside = |address: &str| vec![named("worker").env("WEB", address), named("web").event(ServiceConnectEvent::new(80))];
    vec![
        rule("link::undecided")
            .refuses("resources.api.containers[1].events", on_ec2(both()))
            .saying(
                "found `workload-internal` ports of `search` and of `cache`, which do not wait for each other, expected an order",
                "on EC2, a container reaches those that it waits for: write `.depends_on_container(\"cache\", Condition::Start)` on \
                 `search`, or the other way round",
            )
            .takes(on_ec2(vec![internal("cache", 6379), internal("search", 9200).depends_on_container("cache", Condition::Start), named("web")]))
            .takes(on_fargate(both())),
        rule("link::unreachable")
            .warns("resources.api.containers[1].events", on_ec2(late()))
            .saying(
                "found a `workload-internal` port of `cache`, which waits for all the others, expected one that reaches it",
                "turn the dependency round: on EC2, a container reaches those that it waits for",
            )
            .takes(on_ec2(vec![internal("cache", 6379)]))
            .takes(on_ec2(late().into_iter().chain([named("other")]).collect()))
            .takes(on_fargate(late())),
        rule("link::localhost")
            .warns("resources.api.containers[0].environment[0].value", on_ec2(calling("redis://localhost:6379/0")))
            .saying("found `localhost:6379`, at which nothing listens on EC2, expected `cache:6379`", "write `cache:6379`: on EC2, containers of a task reach each other by name")
            .warns("resources.api.containers[0].environment[0].value", on_ec2(calling("127.0.0.1:6379")))
            .takes(on_ec2(calling("redis://cache:6379/0")))
            .takes(on_ec2(calling("localhost:63790")))
            .takes(on_ec2(vec![internal("cache", 6379).env("SELF", "localhost:6379")]))
            .takes(on_fargate(calling("redis://localhost:6379/0"))),
        rule("link::unlinked")
            .warns("resources.api.containers[0].environment[0].value", on_ec2(beside("http://localhost:80")))
            .saying(
                "found `localhost:80`, at which nothing listens on EC2, expected `web:80` in a container that waits for `web`",
                "write `web:80`, and `.depends_on_container(\"web\", Condition::Start)` on `worker`: on EC2, a container reaches those that it \
                 waits for, by name",
            )
            .takes(on_ec2(beside("http://localhost:8080")))
            .takes(on_ec2(vec![
                named("worker").env("WEB", "http://web:80").depends_on_container("web", Condition::Start),
                named("web").event(ServiceConnectEvent::new(80)),
            ]))
            .takes(on_fargate(beside("http://localhost:80"))),
    ]
}

#[test]
fn a_container_is_linked_to_those_that_it_may_wait_for() {
    let of = |containers: Vec<ContainerBuilder>| {
        let number = containers.len();
        let workload = workload(Ec2::new(["c5.large"]), containers);
        (0..number).map(|index| workload.links(index).into_iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let none = Vec::<String>::new;
    // An internal port is there for all that it does not wait for.
    assert_eq!(of(vec![named("web"), internal("cache", 1), named("cron")]), [vec!["cache"], vec![], vec!["cache"]]);
    assert_eq!(of(vec![internal("cache", 1).depends_on_container("web", Condition::Start), named("web")]), [none(), none()]);
    // Other ports are there for those that wait, also by way of others.
    let chain = vec![
        named("web").depends_on_container("middle", Condition::Start),
        named("middle").depends_on_container("api", Condition::Start),
        named("api").event(ServiceConnectEvent::new(80)),
    ];
    assert_eq!(of(chain), [vec!["api"], vec!["api"], vec![]]);
    assert_eq!(of(vec![named("web"), named("api").event(ServiceConnectEvent::new(80))]), [none(), none()]);
    // What others wait to end has gone.
    let migration = internal("migration", 1).essential(false);
    assert_eq!(of(vec![named("web").depends_on_container("migration", Condition::Success), migration, named("x")]), [none(), none(), none()]);
    // Containers that wait for each other are a finding of their own, and no reason to lose one's way.
    let circle = ["a", "b"].map(|name| internal(name, 1).depends_on_container(if name == "a" { "b" } else { "a" }, Condition::Start));
    assert_eq!(of(circle.into()), [none(), none()]);
    assert_eq!(workload(Fargate::new(Cpu::Half, Memory::gib(1)), vec![named("web"), internal("cache", 1)]).links(0), [""; 0]);
}
