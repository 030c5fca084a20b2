//! Routes of a gateway, over all workloads.

use stacktape_model::container::{HttpApiEvent, Method};
use stacktape_model::http_api_gateway::{HttpApiGateway, HttpApiGatewayBuilder, PayloadFormat};
use stacktape_model::stack::Stack;

use crate::support::{Rule, named, rule, stack, workload};

#[track_caller]
fn event(method: Method, path: &str, port: u16) -> HttpApiEvent {
    HttpApiEvent::new(&main().build(), method, path, port)
}

#[track_caller]
fn main() -> HttpApiGatewayBuilder {
    HttpApiGateway::builder("main")
}

/// A stack with a gateway and one workload `api` with these events.
#[track_caller]
fn routed(gateway: HttpApiGatewayBuilder, events: impl IntoIterator<Item = HttpApiEvent>) -> Stack {
    let mut stack = stack([workload("api").container(named("web").events(events))]);
    stack.add(gateway);
    stack
}

/// A stack with a gateway and two workloads, each with one event.
#[track_caller]
fn shared(api: HttpApiEvent, shop: HttpApiEvent) -> Stack {
    let mut stack = routed(main(), [api]);
    stack.add(workload("shop").container(named("web").event(shop)));
    stack
}

#[track_caller]
fn with_format(format: PayloadFormat) -> HttpApiEvent {
    let mut event = event(Method::Get, "/", 80);
    event.route.payload_format = Some(format);
    event
}

#[track_caller]
fn many(routes: usize) -> Stack {
    let mut events = Vec::new();
    for index in 0..routes {
        events.push(event(Method::Get, &format!("/{index}"), 80));
    }
    routed(main(), events)
}

pub(crate) fn rules() -> Vec<Rule> {
    let any = |path| event(Method::Any, path, 80);
    let get = |path| event(Method::Get, path, 80);
    vec![
        rule("routing::duplicate_route")
            .refuses("resources.shop.containers[0].events[0].path", shared(get("/users"), get("/users")))
            .saying(
                "found the route `GET /users` of `main` a second time, expected each route once",
                "change the path or the method; the other one belongs to `api`",
            )
            .refuses("resources.api.containers[0].events[1].path", routed(main(), [get("/users"), get("/users")]))
            // Both are API Gateway's default route.
            .refuses("resources.shop.containers[0].events[0].path", shared(any("*"), any("$default")))
            .saying(
                "found the route `$default` of `main` a second time, expected each route once",
                "change the path or the method; the other one belongs to `api`",
            )
            .takes(shared(get("/users"), any("/users")))
            .takes(shared(get("/users"), get("/Users")))
            .takes(shared(any("/{proxy+}"), any("*"))),
        rule("routing::second_port")
            .refuses("resources.api.containers[0].events[1].containerPort", routed(main(), [get("/a"), event(Method::Get, "/b", 81)]))
            .saying(
                "found the port 81, expected 80, since all HTTP API events of a workload lead to one port",
                "write 80, or move the container into a workload of its own",
            )
            .takes(routed(main(), [get("/a"), get("/b")]))
            .takes(shared(get("/a"), event(Method::Get, "/b", 81))),
        rule("routing::payload_format")
            .refuses("resources.api.containers[0].events[0].payloadFormat", routed(main(), [with_format(PayloadFormat::V2)]))
            .saying(
                "found the payload format `2.0` for a container, expected `1.0`",
                "leave `payloadFormat` out of the event and, if it stands there, of the gateway",
            )
            .refuses(
                "resources.api.containers[0].events[0].payloadFormat",
                routed(main().payload_format(PayloadFormat::V2), [get("/")]),
            )
            .takes(routed(main().payload_format(PayloadFormat::V2), [with_format(PayloadFormat::V1)]))
            // Without a container, nobody minds.
            .takes(stack([main().payload_format(PayloadFormat::V2)])),
        rule("routing::too_many_routes")
            .warns("resources.main", many(301))
            .saying(
                "found 301 routes of `main`, expected at most 300, API Gateway's quota",
                "join routes as `/{proxy+}`, or ask AWS for a higher quota",
            )
            .takes(many(300)),
    ]
}
