//! Workloads as a whole: how many containers, with which names and ports.

use stacktape_model::container::WorkloadInternalEvent;
use stacktape_model::stack::Stack;

use crate::support::{Rule, named, rule, running, stack, web, workload};

/// A container `web` whose texts have so many bytes.
#[track_caller]
fn written(bytes: usize) -> Stack {
    let rest = bytes - "web".len() - "BLOB".len();
    running([web().env("BLOB", "x".repeat(rest))])
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        rule("workload::no_container")
            .refuses("resources.api.containers", stack([workload("api")]))
            .saying("found no container, expected at least one", "call `.container(Container::builder(\"api\", Image::dockerfile(\"api\")))`")
            .takes(running([web()])),
        rule("workload::none_essential")
            .refuses("resources.api.containers", running([web().essential(false)]))
            .saying(
                "found no essential container, expected at least one",
                "remove `.essential(false)` from the container that serves",
            )
            .takes(running([web().essential(false), named("worker")])),
        rule("workload::too_many_containers")
            .refuses("resources.api.containers", running((0..11).map(|index| named(&format!("c{index}")))))
            .saying("found 11 containers, expected at most 10", "split the workload in two")
            .takes(running((0..10).map(|index| named(&format!("c{index}"))))),
        rule("workload::container_twice")
            .refuses("resources.api.containers[1].name", running([web(), web()]))
            .saying("found a second container with the name `web`, expected each name once in a workload", "rename one of the two")
            .takes(running([web(), named("Web")])),
        rule("workload::port_twice")
            .refuses(
                "resources.api.containers[1].events[0].containerPort",
                running([web().event(WorkloadInternalEvent::new(80)), named("admin").event(WorkloadInternalEvent::new(80))]),
            )
            .saying(
                "found the port 80, which belongs to the container `web`, expected one of the container's own",
                "let the container listen at another port",
            )
            .takes(running([web().event(WorkloadInternalEvent::new(80)), named("admin").event(WorkloadInternalEvent::new(81))]))
            .takes(running([web().event(WorkloadInternalEvent::new(80)).event(WorkloadInternalEvent::new(80))])),
        rule("workload::large_task_definition")
            .warns("resources.api.containers", written(60 * 1024 + 1))
            .saying(
                "found 61441 bytes of texts in the containers, expected at most 61440, so that the task definition has room in 65536",
                "move long values of `.env(..)` to where the program can read them itself, for example a bucket",
            )
            .warns("resources.api.containers", written(64 * 1024))
            .takes(written(60 * 1024)),
        rule("workload::too_large_task_definition")
            .refuses("resources.api.containers", written(64 * 1024 + 1))
            .saying(
                "found 65537 bytes of texts in the containers, expected fewer than the 65536 of a whole task definition",
                "move long values of `.env(..)` to where the program can read them itself, for example a bucket",
            )
            .takes(written(1024)),
    ]
}
