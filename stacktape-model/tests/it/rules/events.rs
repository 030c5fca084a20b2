//! Events of containers: ports and paths.

use stacktape_model::container::{HttpApiEvent, Method, WorkloadInternalEvent};
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::stack::Stack;

use crate::support::{Rule, api, rule, running, stack, web};

#[track_caller]
fn routed(method: Method, path: &str, port: u16) -> Stack {
    let gateway = HttpApiGateway::builder("main").build();
    let event = HttpApiEvent::new(&gateway, method, path, port);
    let mut stack = stack([api(web().event(event))]);
    stack.add(gateway);
    stack
}

#[track_caller]
fn get(path: &str) -> Stack {
    routed(Method::Get, path, 80)
}

pub(crate) fn rules() -> Vec<Rule> {
    const PATH: &str = "resources.api.containers[0].events[0].path";
    const PORT: &str = "resources.api.containers[0].events[0].containerPort";
    vec![
        rule("event::no_port")
            .refuses(PORT, routed(Method::Get, "/", 0))
            .saying("found the port 0, expected 1 to 65535", "write the port at which the container listens")
            .refuses(PORT, running([web().event(WorkloadInternalEvent::new(0))]))
            .takes(routed(Method::Get, "/", 1))
            .takes(running([web().event(WorkloadInternalEvent::new(65535))])),
        rule("event::method_of_default")
            .refuses("resources.api.containers[0].events[0].method", routed(Method::Get, "*", 80))
            .saying("found the method `GET` for the path `*`, expected `*`", "write `Method::Any`, or the path `/{proxy+}`")
            .refuses("resources.api.containers[0].events[0].method", routed(Method::Options, "$default", 80))
            .takes(routed(Method::Any, "*", 80))
            .takes(routed(Method::Any, "$default", 80)),
        rule("event::relative_path")
            .refuses(PATH, get("users"))
            .saying("found the path `users`, expected one that begins with `/`, or `*`", "write `/users`")
            .refuses(PATH, get(""))
            .refuses(PATH, get("{proxy+}"))
            .takes(get("/users"))
            .takes(get("/")),
        rule("event::trailing_slash")
            .refuses(PATH, get("/users/"))
            .saying("found the path `/users/`, expected one without a `/` at its end", "write `/users`")
            .refuses(PATH, get("//"))
            .saying("found the path `//`, expected one without a `/` at its end", "write `/`")
            .takes(get("/users")),
        rule("event::path_segment")
            .refuses(PATH, get("/files/{id}.json"))
            .saying(
                "found `{id}.json` in the path `/files/{id}.json`, expected letters, digits and `-._~%$@!&'()*+,;=:`, or one variable as \
                 `{name}`",
                "give the variable a segment of its own, or leave out what is not allowed",
            )
            .refuses(PATH, get("/a b"))
            .refuses(PATH, get("/a//b"))
            .refuses(PATH, get("/a?b=c"))
            .refuses(PATH, get("/straße"))
            .takes(get("/v1.2/a-b_c~d%20$@!&'()*+,;=:")),
        rule("event::path_variable")
            .refuses(PATH, get("/users/{user id}"))
            .saying(
                "found the variable `{user id}` in the path `/users/{user id}`, expected a name of letters, digits and `._-:`",
                "write a variable such as `{id}`, or `{proxy+}` for everything below",
            )
            .refuses(PATH, get("/users/{}"))
            .refuses(PATH, get("/users/{+}"))
            .takes(get("/users/{user.id_1-a:b}"))
            .takes(get("/users/{user+}")),
        rule("event::greedy_inside")
            .refuses(PATH, get("/{proxy+}/edit"))
            .saying("found `{proxy+}` inside the path `/{proxy+}/edit`, expected it at the end", "move it to the end, or leave out the `+`")
            .takes(get("/edit/{proxy+}"))
            .takes(get("/{proxy}/edit")),
        rule("event::path_variable_twice")
            .refuses(PATH, get("/users/{id}/photos/{id}"))
            .saying("found the variable `id` twice in the path `/users/{id}/photos/{id}`, expected each name once", "rename one of the two")
            .refuses(PATH, get("/users/{id}/{id+}"))
            .takes(get("/users/{id}/photos/{Id}")),
    ]
}
