//! Services, and that what they are made of is told where the user wrote it.

use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
use stacktape_model::compute::Fargate;
use stacktape_model::container::{
    ApplicationLoadBalancerEvent, Condition, ContainerLogs, HttpApiEvent, Image, InternalHealthCheck, LoadBalancerHealthCheck, Method,
    ServiceConnectEvent, WorkloadInternalEvent,
};
use stacktape_model::http_api_gateway::HttpApiCors;
use stacktape_model::iam::Statement;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::private_service::{PrivateLoadBalancing, PrivateService, PrivateServiceBuilder};
use stacktape_model::resource::Resource;
use stacktape_model::scaling::Scaling;
use stacktape_model::service::SideContainer;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::{WebLoadBalancing, WebService, WebServiceBuilder};
use stacktape_model::worker_service::{WorkerService, WorkerServiceBuilder};

use crate::support::{Rule, named, rule, stack, workload};

const SMALL: Fargate = Fargate::new(Cpu::Half, Memory::gib(1));

#[track_caller]
fn web() -> WebServiceBuilder {
    WebService::builder("api", SMALL, Image::prebuilt("nginx:1.29"))
}

#[track_caller]
fn private(name: &str) -> PrivateServiceBuilder {
    PrivateService::builder(name, SMALL, Image::prebuilt("nginx:1.29"))
}

#[track_caller]
fn worker() -> WorkerServiceBuilder {
    WorkerService::builder("api", SMALL, Image::prebuilt("nginx:1.29"))
}

/// A stack with this service alone.
#[track_caller]
fn one(service: impl Into<Resource>) -> Stack {
    stack([service.into()])
}

#[track_caller]
fn beside(side: SideContainer) -> Stack {
    one(worker().side_container(side))
}

/// A private service, and an output with the address of another value of the same name.
#[track_caller]
fn asked(other: PrivateServiceBuilder, added: PrivateServiceBuilder) -> Stack {
    let mut stack = one(added);
    stack.output(Output::new("address", other.build().address()));
    stack
}

/// A web service of this shape, and a workload with an event on its load balancer.
#[track_caller]
fn behind(service: WebServiceBuilder) -> Stack {
    let service = service.build();
    let event = ApplicationLoadBalancerEvent::new(service.load_balancer(), 80, 1).path("/more/*");
    let mut stack = one(service);
    stack.add(workload("more").container(named("web").event(event)));
    stack
}

/// A private service behind a load balancer, and a workload with a rule of this priority on it.
#[track_caller]
fn beside_the_rule(priority: u32) -> Stack {
    let service = private("orders").load_balancing(PrivateLoadBalancing::application_load_balancer()).build();
    let event = ApplicationLoadBalancerEvent::new(service.load_balancer(), 80, priority).listener_port(3000).path("/more/*");
    let mut stack = one(service);
    stack.add(workload("aMore").container(named("web").event(event)));
    stack
}

/// A web service, and a workload with this route on its HTTP API.
#[track_caller]
fn beside_the_route(path: &str) -> Stack {
    let service = web().build();
    let event = HttpApiEvent::new(service.http_api_gateway(), Method::Any, path, 80);
    let mut stack = one(service);
    stack.add(workload("aMore").container(named("web").event(event)));
    stack
}

/// A private service, and a workload that offers something under this alias.
#[track_caller]
fn beside_the_address(alias: &str) -> Stack {
    let mut stack = one(private("orders"));
    stack.add(workload("aMore").container(named("web").event(ServiceConnectEvent::new(3000).alias(alias))));
    stack
}

fn balanced(check: LoadBalancerHealthCheck) -> Stack {
    one(private("orders").load_balancing(PrivateLoadBalancing::application_load_balancer().health_check(check)))
}

pub(crate) fn rules() -> Vec<Rule> {
    own().into_iter().chain(of_what_they_are_made_of()).collect()
}

fn own() -> Vec<Rule> {
    let listening = WorkloadInternalEvent::new(80);
    let waits = |condition| named("side").depends_on_container("service-container", condition);
    vec![
        rule("service::variable_set")
            .warns("resources.api.environment[1].name", one(web().env("A", "b").env("PORT", 80)))
            .saying(
                "found the variable `PORT`, which the service sets to `3000` itself, expected a name of its own",
                "remove the variable; as it stands, `3000` is used",
            )
            .warns("resources.api.environment[0].name", one(web().env("HOST", "localhost")))
            .warns("resources.api.environment[0].name", one(private("api").port(80).env("PORT", 3000)))
            .takes(one(private("api").port(80).env("PORT", "80").env("HOST", "0.0.0.0")))
            .takes(one(web().env("PORT", 3000)))
            .takes(one(worker().env("PORT", 80))),
        rule("side_container::essential_init")
            .refuses("resources.api.sideContainers[0].essential", beside(SideContainer::run_on_init(named("side").essential(true))))
            .saying(
                "found an essential side container that runs on init, expected one that is not essential",
                "leave `.essential(true)` out: a task in which it fails is stopped anyway",
            )
            .takes(beside(SideContainer::run_on_init(named("side").essential(false))))
            .takes(beside(SideContainer::run_on_init(named("side"))))
            .takes(beside(SideContainer::always_running(named("side").essential(true)))),
        rule("side_container::events")
            .refuses("resources.api.sideContainers[0].events", beside(SideContainer::always_running(named("side").event(listening))))
            .takes(beside(SideContainer::always_running(waits(Condition::Start)))),
        rule("private_service::port")
            .refuses("resources.orders.port", one(private("orders").port(0)))
            .refuses(
                "resources.orders.port",
                one(private("orders").port(0).load_balancing(PrivateLoadBalancing::application_load_balancer())),
            )
            .takes(one(private("orders").port(65535)))
            .takes(one(private("orders").port(1).load_balancing(PrivateLoadBalancing::application_load_balancer()))),
        rule("private_service::localhost")
            .warns("resources.localHost", one(private("localHost")))
            .takes(one(private("localHost").load_balancing(PrivateLoadBalancing::application_load_balancer())))
            .takes(one(private("localhosts"))),
        rule("private_service::address_twice")
            .refuses("resources.myApi", stack([private("myApi"), private("myAPI")]))
            .saying(
                "found the address `myapi:3000` a second time, expected each once in the stack",
                "rename one of the two, or write another `port`; the address belongs to `myAPI`",
            )
            .takes(stack([private("myApi"), private("myAPI").port(3001)]))
            .takes(stack([private("myApi"), private("myAPI").load_balancing(PrivateLoadBalancing::application_load_balancer())])),
        rule("private_service::other_address")
            .refuses("stackConfig.outputs[0].value", asked(private("orders").port(80), private("orders")))
            .refuses(
                "stackConfig.outputs[0].value",
                asked(private("orders"), private("orders").load_balancing(PrivateLoadBalancing::application_load_balancer())),
            )
            .takes(asked(private("orders").port(3000), private("orders"))),
        rule("web_service::plain_http")
            .warns("resources.api.loadBalancing", one(web().load_balancing(WebLoadBalancing::application_load_balancer())))
            .takes(one(web().load_balancing(WebLoadBalancing::http_api_gateway())))
            .takes(one(private("api").load_balancing(PrivateLoadBalancing::application_load_balancer()))),
        rule("reference::no_part")
            .refuses("resources.more.containers[0].events[0].loadBalancerName", behind(web()))
            .saying(
                "found a reference to the application-load-balancer `api.loadBalancer`, which the service `api` is not made of, expected one \
                 of `api.containerWorkload`, `api.httpApiGateway`",
                "let `api` have it by `.load_balancing(..)`, or refer to something else",
            )
            .refuses("stackConfig.outputs[0].value", {
                let service = web().build();
                let mut stack = empty_with(&service);
                stack.output(Output::new("port", service.listener_port(443)));
                stack
            })
            .takes(beside_the_route("/more")),
    ]
}

#[track_caller]
fn empty_with(service: &WebService) -> Stack {
    one(service.clone())
}

fn of_what_they_are_made_of() -> Vec<Rule> {
    let check = || LoadBalancerHealthCheck::builder();
    let side = || named("side");
    vec![
        rule("container::stop_timeout")
            .refuses("resources.api.stopTimeout", one(worker().stop_timeout(1)))
            .refuses("resources.api.sideContainers[1].stopTimeout", {
                one(worker()
                    .side_container(SideContainer::always_running(named("first")))
                    .side_container(SideContainer::always_running(side().stop_timeout(1))))
            })
            .takes(one(worker().stop_timeout(2))),
        rule("compute::fargate_size")
            .refuses(
                "resources.api.resources.memory",
                one(WebService::builder("api", Fargate::new(Cpu::Two, Memory::gib(2)), Image::prebuilt("nginx:1.29"))),
            )
            .takes(one(web())),
        rule("scaling::to_zero").refuses("resources.api.scaling.minInstances", one(web().scaling(Scaling::between(0, 1)))).takes(one(web())),
        rule("image::name")
            .refuses("resources.api.packaging.image", one(WebService::builder("api", SMALL, Image::prebuilt("no image"))))
            .takes(one(web())),
        rule("iam::no_action")
            .refuses("resources.api.iamRoleStatements[0].Action", one(web().iam_role_statement(Statement::allow([""; 0], ["*"]))))
            .takes(one(web())),
        rule("environment::duplicate")
            .refuses("resources.api.environment[2].name", one(web().env("A", 1).env("B", 1).env("A", 2)))
            .refuses("resources.api.environment[1].name", one(web().env("PORT", 3000).env("PORT", 3000)))
            .takes(one(web().env("A", 1).env("B", 1))),
        rule("health_check::interval")
            .refuses(
                "resources.api.internalHealthCheck.intervalSeconds",
                one(web().internal_health_check(InternalHealthCheck::shell("true").interval_seconds(4))),
            )
            .takes(one(web().internal_health_check(InternalHealthCheck::shell("true").interval_seconds(5)))),
        // The gateway's logs are kept as long, and are not told a second time.
        rule("logging::retention_days")
            .refuses("resources.api.logging.retentionDays", one(web().logging(ContainerLogs::retained(2))))
            .takes(one(web().logging(ContainerLogs::retained(1)))),
        rule("http_api_cors::max_age")
            .refuses(
                "resources.api.cors.maxAge",
                one(web().load_balancing(WebLoadBalancing::http_api_gateway().cors(HttpApiCors::builder().max_age(-2)))),
            )
            .takes(one(web().load_balancing(WebLoadBalancing::http_api_gateway().cors(HttpApiCors::builder().max_age(-1))))),
        rule("load_balancer_health_check::interval")
            .refuses("resources.orders.loadBalancing.healthcheckInterval", balanced(check().interval_seconds(4).timeout_seconds(2).build()))
            .takes(balanced(check().interval_seconds(5).build())),
        rule("workload::container_twice")
            .refuses("resources.api.sideContainers[0].name", beside(SideContainer::run_on_init(named("service-container"))))
            .takes(beside(SideContainer::run_on_init(named("service-container2")))),
        rule("workload::too_many_containers")
            .refuses("resources.api", many(10))
            .takes(many(9)),
        rule("dependency::unknown")
            .refuses(
                "resources.api.sideContainers[0].dependsOn[0].containerName",
                beside(SideContainer::always_running(side().depends_on_container("main", Condition::Start))),
            )
            .takes(beside(SideContainer::always_running(side().depends_on_container("service-container", Condition::Start)))),
        rule("dependency::circle")
            .refuses("resources.api.sideContainers[1].dependsOn", waiting("second", "first"))
            // Who waits for the main container by way of another one is not waited for.
            .takes(waiting("second", "service-container")),
        rule("reference::variable_shadowed")
            .warns("resources.api.environment[0].name", {
                let orders = private("orders").build();
                let mut stack = one(web().env("STP_ORDERS_ADDRESS", "mine").connect_to(&orders));
                stack.add(orders);
                stack
            })
            .takes(one(web().env("ORDERS_ADDRESS", "mine"))),
        rule("reference::missing")
            .refuses("resources.api.connectTo[0]", one(web().connect_to(&private("orders").build())))
            .refuses("resources.api.environment[0].value", {
                let other = WebService::builder("other", SMALL, Image::prebuilt("nginx:1.29")).build();
                one(worker().env("URL", other.url()))
            })
            .saying(
                "found a reference to the service `other`, which is not part of the stack, expected a resource that was added",
                "add it to the stack: `stack.add(other)`",
            )
            .takes(stack::<Resource>([
                web().connect_to(&private("orders").build()).into(),
                private("orders").connect_to(&web().build()).into(),
            ])),
        rule("name::resource").refuses("resources.my-api", one(WebService::builder("my-api", SMALL, Image::prebuilt("a")))).takes(one(web())),
        rule("name::duplicate").refuses("resources.api", stack::<Resource>([web().into(), worker().into()])).takes(one(web())),
        // What a service has, others may not have: they are told, whatever their names.
        rule("balancing::duplicate_priority")
            .refuses("resources.aMore.containers[0].events[0].priority", beside_the_rule(3))
            .takes(beside_the_rule(4)),
        rule("routing::duplicate_route")
            .refuses("resources.aMore.containers[0].events[0].path", beside_the_route("/{proxy+}"))
            .takes(beside_the_route("/{more+}")),
        rule("service_connect::address_twice")
            .refuses("resources.aMore.containers[0].events[0].alias", beside_the_address("orders"))
            .takes(beside_the_address("invoices")),
    ]
}

#[track_caller]
fn many(number: usize) -> Stack {
    one(worker().side_containers((0..number).map(|index| SideContainer::always_running(named(&format!("side{index}"))))))
}

/// Two side containers, of which `first` waits for one container and `second` for another.
#[track_caller]
fn waiting(first: &str, second: &str) -> Stack {
    let side = |name, other| SideContainer::always_running(named(name).depends_on_container(other, Condition::Start));
    one(worker().side_container(side("first", first)).side_container(side("second", second)))
}

#[test]
fn what_a_service_is_made_of_is_seen_beside_it() {
    let service = web().load_balancing(WebLoadBalancing::application_load_balancer()).build();
    let valid = one(service).validate().expect("valid");
    assert_eq!(valid.resources().len(), 1);
    assert_eq!(valid.workloads().map(MultiContainerWorkload::name).collect::<Vec<_>>(), ["api.containerWorkload"]);
    assert!(valid.get::<ApplicationLoadBalancer>("api.loadBalancer").is_some_and(|balancer| balancer.listeners().is_empty()));
    assert!(valid.get::<WebService>("api").is_some());
}
