//! The order in which containers start.

use stacktape_model::container::{Condition, ContainerBuilder, InternalHealthCheck};

use crate::support::{Rule, named, rule, running};

/// `web` waits for `db`.
#[track_caller]
fn waiting(condition: Condition) -> ContainerBuilder {
    named("web").depends_on_container("db", condition)
}

pub(crate) fn rules() -> Vec<Rule> {
    const NAME: &str = "resources.api.containers[0].dependsOn[0].containerName";
    const CONDITION: &str = "resources.api.containers[0].dependsOn[0].condition";
    let after = |name: &str, other: &str| named(name).depends_on_container(other, Condition::Start);
    vec![
        rule("dependency::unknown")
            .refuses(NAME, running([waiting(Condition::Start), named("database")]))
            .saying(
                "found a dependency on `db`, expected a container of the same workload",
                "write one of `database`, or add the container to the workload",
            )
            .refuses(NAME, running([waiting(Condition::Start)]))
            .saying("found a dependency on `db`, expected a container of the same workload", "add the container to the workload")
            .takes(running([waiting(Condition::Start), named("db")])),
        rule("dependency::on_itself")
            .refuses(NAME, running([after("web", "web")]))
            .saying("found a dependency of `web` on itself, expected one on another container", "remove the dependency")
            .takes(running([after("web", "db"), named("db")])),
        rule("dependency::duplicate")
            .warns(
                "resources.api.containers[0].dependsOn[1].containerName",
                running([waiting(Condition::Start).depends_on_container("db", Condition::Start), named("db")]),
            )
            .saying("found a second dependency on `db`, expected one for each container", "keep the stricter condition")
            .takes(running([waiting(Condition::Start).depends_on_container("cache", Condition::Start), named("db"), named("cache")])),
        rule("dependency::circle")
            .refuses("resources.api.containers[0].dependsOn", running([after("web", "db"), after("db", "web")]))
            .saying(
                "found containers that wait for each other: `web` -> `db` -> `web`, expected an order without circles",
                "remove one of the dependencies",
            )
            .refuses("resources.api.containers[1].dependsOn", running([after("a", "b"), after("b", "c"), after("c", "d"), after("d", "b")]))
            .saying(
                "found containers that wait for each other: `b` -> `c` -> `d` -> `b`, expected an order without circles",
                "remove one of the dependencies",
            )
            // Two ways to one container are no circle.
            .takes(running([after("a", "b").depends_on_container("c", Condition::Start), after("b", "d"), after("c", "d"), named("d")])),
        rule("dependency::end_of_essential")
            .refuses(CONDITION, running([waiting(Condition::Complete), named("db")]))
            .saying(
                "found `COMPLETE` of the essential container `db`, expected a container that is not essential",
                "call `.essential(false)` on `db`, or wait for `Condition::Start` or `Condition::Healthy`",
            )
            .refuses(CONDITION, running([waiting(Condition::Success), named("db")]))
            .takes(running([waiting(Condition::Complete), named("db").essential(false)]))
            .takes(running([waiting(Condition::Success), named("db").essential(false)])),
        rule("dependency::health_unknown")
            .refuses(CONDITION, running([waiting(Condition::Healthy), named("db")]))
            .saying(
                "found `HEALTHY` of `db`, which has no health check, expected a container with one",
                "give `db` an `.internal_health_check(..)`, or wait for `Condition::Start`",
            )
            .takes(running([waiting(Condition::Healthy), named("db").internal_health_check(InternalHealthCheck::shell("true"))])),
    ]
}
