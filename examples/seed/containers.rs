//! Containers and what they run on.

use serde_json::{Value as Json, json};
use stacktape::prelude::*;

use super::{Example, Form, MORE_MEMORY, mended};

pub(super) const EXAMPLES: &[Example] = &[
    Example {
        name: "dependencies",
        describe: dependencies,
        found: &[
            ("compute::fargate_size", "resources.myMultiContainerWorkload.resources.memory"),
            ("dependency::unknown", "resources.myMultiContainerWorkload.containers[0].dependsOn[0].containerName"),
        ],
        mended: &[MORE_MEMORY, ("containerName: backend", "containerName: api-container")],
    },
    Example {
        name: "health_check",
        describe: health_check,
        found: &[("compute::fargate_size", "resources.myContainerWorkload.resources.memory")],
        mended: &[MORE_MEMORY],
    },
    Example { name: "fargate", describe: fargate, found: &[], mended: &[] },
    Example { name: "ec2", describe: ec2, found: &[], mended: &[] },
];

fn dependencies(stack: &mut Stack, form: Form) {
    let gateway = HttpApiGateway::builder("myApiGateway").build();
    let workload = MultiContainerWorkload::builder("myMultiContainerWorkload", form.two_cpus())
        .container(
            Container::builder("frontend-container", Image::buildpack("src/client/index.ts"))
                .depends_on_container(form.choose("backend", "api-container"), Condition::Start)
                .env("PORT", 80)
                .env("API_COINTAINER_PORT", 3000)
                .event(HttpApiEvent::new(&gateway, Method::Any, "*", 80)),
        )
        .container(
            Container::builder("api-container", Image::buildpack("src/server/index.ts"))
                .env("PORT", 3000)
                .event(WorkloadInternalEvent::new(3000)),
        );
    stack.add(gateway).add(workload);
}

fn health_check(stack: &mut Stack, form: Form) {
    let check = InternalHealthCheck::shell("curl -f http://localhost/ || exit 1")
        .interval_seconds(20)
        .timeout_seconds(5)
        .start_period_seconds(150)
        .retries(2);
    let container = Container::builder("api-container", Image::buildpack("src/index.ts")).internal_health_check(check);
    stack.add(MultiContainerWorkload::builder("myContainerWorkload", form.two_cpus()).container(container));
}

fn ec2(stack: &mut Stack, _form: Form) {
    let container = Container::builder("api-container", Image::buildpack("src/index.ts"));
    stack.add(MultiContainerWorkload::builder("myContainerWorkload", Ec2::new(["c5.large"])).container(container));
}

fn fargate(stack: &mut Stack, _form: Form) {
    let container = Container::builder("api-container", Image::buildpack("src/index.ts"));
    stack.add(MultiContainerWorkload::builder("myContainerWorkload", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(container));
}

#[test]
fn a_task_fills_its_instance() {
    let task = mended("ec2")["Resources"]["MyContainerWorkloadTaskDefinition"]["Properties"].clone();
    assert_eq!((&task["Memory"], &task["Cpu"]), (&json!("3481"), &Json::Null));
}
