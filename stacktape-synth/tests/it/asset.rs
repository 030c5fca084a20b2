//! What images are built from.

use stacktape_model::container::Image;
use stacktape_model::stack::Stack;

use crate::support::{Project, Rule, api, empty, rule, web};

#[track_caller]
fn built(context: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::dockerfile(context))));
    stack
}

#[track_caller]
fn dockerfile(path: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::dockerfile("api").dockerfile_path(path))));
    stack
}

/// A project with an app, and a `.dockerignore` of this text.
fn ignoring(patterns: &str) -> Project {
    Project::new(&[("api/Dockerfile", "FROM scratch"), ("api/.dockerignore", patterns)])
}

pub(crate) fn rules() -> Vec<Rule> {
    const CONTEXT: &str = "resources.api.containers[0].packaging.buildContextPath";
    const DOCKERFILE: &str = "resources.api.containers[0].packaging.dockerfilePath";
    let whole = || ignoring("");
    vec![
        rule("asset::context_missing")
            .refuses_in(whole(), CONTEXT, built("app"))
            .refuses_in(whole(), CONTEXT, built("api/Dockerfile/deeper"))
            .takes_in(whole(), built("api")),
        rule("asset::context_not_a_directory").refuses_in(whole(), CONTEXT, built("api/Dockerfile")).takes_in(whole(), built("./api/")),
        rule("asset::context_outside_project")
            .refuses_in(whole(), CONTEXT, built(".."))
            .refuses_in(whole(), CONTEXT, built("/"))
            .takes_in(whole(), built("../project/api")),
        rule("asset::dockerfile_missing")
            .refuses_in(whole(), DOCKERFILE, built("."))
            .refuses_in(whole(), DOCKERFILE, dockerfile("docker/Dockerfile"))
            .takes_in(whole(), dockerfile("Dockerfile")),
        rule("asset::ignore_pattern")
            .refuses_in(ignoring("node_modules\n[cache\n"), CONTEXT, built("api"))
            .refuses_in(ignoring("a**b"), CONTEXT, built("api"))
            .takes_in(ignoring("# [cache\n[cC]ache\n**/*.log\n!keep.log"), built("api")),
    ]
}
