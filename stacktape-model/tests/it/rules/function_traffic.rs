//! Requests that call functions, and functions that say who may use a route.

use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
use stacktape_model::container::{ApplicationLoadBalancerEvent, Authorizer, HttpApiEvent, Method};
use stacktape_model::function::{
    ApplicationLoadBalancerIntegration, Function, FunctionBuilder, FunctionEvent, HttpApiIntegration, Package, Runtime,
};
use stacktape_model::http_api_gateway::{HttpApiCors, HttpApiGateway, HttpApiGatewayBuilder, PayloadFormat};
use stacktape_model::load_balancing::Interface;
use stacktape_model::stack::Stack;

use crate::support::{Rule, api, rule, stack, web};

#[track_caller]
fn main() -> HttpApiGatewayBuilder {
    HttpApiGateway::builder("main")
}

#[track_caller]
fn inside() -> ApplicationLoadBalancer {
    ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build()
}

#[track_caller]
fn function(name: &str) -> FunctionBuilder {
    Function::builder(name, Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24)
}

#[track_caller]
fn route(method: Method, path: &str) -> HttpApiIntegration {
    HttpApiIntegration::new(&main().build(), method, path)
}

#[track_caller]
fn rule_of(priority: u32) -> ApplicationLoadBalancerIntegration {
    ApplicationLoadBalancerIntegration::new(&inside(), priority)
}

/// A gateway and a function `users` with these events.
#[track_caller]
fn called<E: Into<FunctionEvent>>(gateway: HttpApiGatewayBuilder, events: impl IntoIterator<Item = E>) -> Stack {
    let mut stack = stack([function("users").events(events)]);
    stack.add(gateway);
    stack
}

/// A load balancer and a function `users` with these events.
#[track_caller]
fn balanced(events: impl IntoIterator<Item = ApplicationLoadBalancerIntegration>) -> Stack {
    let mut stack = stack([function("users").events(events)]);
    stack.add(inside());
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    [routes(), authorizers(), balancing()].into_iter().flatten().collect()
}

fn routes() -> Vec<Rule> {
    const AT: &str = "resources.users.events[0]";
    let get = |path: &str| route(Method::Get, path);
    let at = |field: &str| format!("{AT}.{field}");
    let beside_a_container = |path: &str| {
        let mut stack = called(main(), [get(path)]);
        stack.add(api(web().event(HttpApiEvent::new(&main().build(), Method::Get, "/users", 80))));
        stack
    };
    let v2 = || main().payload_format(PayloadFormat::V2);
    let mut many = Vec::new();
    for index in 0..301 {
        many.push(get(&format!("/{index}")));
    }
    vec![
        rule("event::method_of_default").refuses(&at("method"), called(main(), [get("*")])).takes(called(main(), [route(Method::Any, "*")])),
        rule("event::relative_path").refuses(&at("path"), called(main(), [get("users")])).takes(called(main(), [get("/users")])),
        rule("routing::duplicate_route")
            .refuses("resources.users.events[1].path", called(main(), [get("/users"), get("/users")]))
            // Workloads come first.
            .refuses(&at("path"), beside_a_container("/users"))
            .saying(
                "found the route `GET /users` of `main` a second time, expected each route once",
                "change the path or the method; the other one belongs to `api`",
            )
            .takes(beside_a_container("/users/{id}")),
        rule("routing::mixed_formats")
            .warns("resources.users.events[1].payloadFormat", called(main(), [get("/a"), get("/b").payload_format(PayloadFormat::V2)]))
            .saying(
                "found the payload format `2.0` for a function that gets requests in `1.0` by another event, expected one format",
                "write `.payload_format(..)` alike on all events of the function; as it stands, the function must tell the two apart",
            )
            .warns("resources.users.events[1].payloadFormat", called(v2(), [get("/a"), get("/b").payload_format(PayloadFormat::V1)]))
            .takes(called(v2(), [get("/a"), get("/b").payload_format(PayloadFormat::V2)]))
            .takes(called(main(), [get("/a"), get("/b").payload_format(PayloadFormat::V1)])),
        // Format 2.0 is for functions.
        rule("routing::payload_format")
            .refuses("resources.api.containers[0].events[0].payloadFormat", {
                let mut stack = called(v2(), [get("/")]);
                stack.add(api(web().event(HttpApiEvent::new(&main().build(), Method::Get, "/users", 80))));
                stack
            })
            .takes(called(v2(), [get("/")]))
            .takes(called(main(), [get("/").payload_format(PayloadFormat::V2)])),
        rule("routing::too_many_routes").warns("resources.main", called(main(), many.clone())).takes(called(main(), many[1..].to_vec())),
        rule("reference::missing").refuses(&at("httpApiGatewayName"), stack([function("users").event(get("/"))])).takes(called(main(), [get("/")])),
    ]
}

fn authorizers() -> Vec<Rule> {
    const AT: &str = "resources.users.events[0].authorizer";
    let at = |field: &str| format!("{AT}.{field}");
    let keys = || Authorizer::lambda(function("checkKey").build().arn());
    let guarded = |authorizer: Authorizer| called(main(), [route(Method::Get, "/").authorizer(authorizer)]);
    let beside = |mut stack: Stack, name: &str| {
        stack.add(function(name));
        stack
    };
    let asked_first = |method| called(main().cors(HttpApiCors::builder()), [route(method, "/{proxy+}").authorizer(Authorizer::jwt("https://login.example.com", "web"))]);
    vec![
        rule("reference::missing")
            .refuses(&at("functionName"), guarded(keys().into()))
            .saying(
                "found a reference to the function `checkKey`, which is not part of the stack, expected a resource that was added",
                "add it to the stack: `stack.add(checkKey)`; the stack has `users`",
            )
            .takes(beside(guarded(keys().into()), "checkKey")),
        rule("reference::wrong_kind")
            .refuses(&at("functionName"), guarded(Authorizer::lambda(function("main").build().arn()).into()))
            .takes(beside(guarded(keys().into()), "checkKey")),
        rule("authorizer::cache_without_identity")
            .refuses(&at("cacheResultSeconds"), beside(guarded(keys().cache_result_seconds(1).into()), "checkKey"))
            .takes(beside(guarded(keys().cache_result_seconds(0).into()), "checkKey")),
        rule("authorizer::preflight").warns(AT, asked_first(Method::Any)).takes(asked_first(Method::Get)),
    ]
}

fn balancing() -> Vec<Rule> {
    const AT: &str = "resources.users.events[0]";
    let at = |field: &str| format!("{AT}.{field}");
    let beside_a_container = |priority: u32| {
        let mut stack = balanced([rule_of(priority).path("*")]);
        stack.add(api(web().event(ApplicationLoadBalancerEvent::new(&inside(), 80, 1).path("/web/*"))));
        stack
    };
    let mut many = Vec::new();
    for priority in 1..=101 {
        many.push(rule_of(priority).path("*"));
    }
    vec![
        rule("load_balancer_event::no_condition").refuses(AT, balanced([rule_of(1)])).takes(balanced([rule_of(1).host("example.com")])),
        rule("load_balancer_event::priority").refuses(&at("priority"), balanced([rule_of(0).path("*")])).takes(balanced([rule_of(1).path("*")])),
        rule("balancing::port_of_default")
            .refuses(&at("listenerPort"), balanced([rule_of(1).path("*").listener_port(80)]))
            .takes(balanced([rule_of(1).path("*")])),
        rule("balancing::duplicate_priority")
            .refuses("resources.users.events[1].priority", balanced([rule_of(1).path("/a"), rule_of(1).path("/b")]))
            .refuses(&at("priority"), beside_a_container(1))
            .saying(
                "found the priority 1 a second time at the port 80 of `inside`, expected each priority once",
                "change the priority; the other one belongs to `api`",
            )
            .takes(beside_a_container(2)),
        rule("balancing::too_many_rules").warns("resources.inside", balanced(many.clone())).takes(balanced(many[1..].to_vec())),
        // A function is something to do.
        rule("balancing::idle").warns("resources.inside", stack([inside()])).takes(balanced([rule_of(1).path("*")])),
        rule("reference::missing")
            .refuses(&at("loadBalancerName"), stack([function("users").event(rule_of(1).path("*"))]))
            .takes(balanced([rule_of(1).path("*")])),
    ]
}
