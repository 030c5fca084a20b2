//! What is measured: a stack of so many workloads, and the steps from it to the text of a template.

use std::hint::black_box;

use stacktape::prelude::*;
use stacktape::report::Report;
use stacktape::stack::ValidStack;
use stacktape_synth::Template;
use stacktape_synth::stages;

/// A stack of plain workloads behind one load balancer: one container each, with three variables, logs and a rule of its own.
/// Images are prebuilt, so that no build context is read.
pub fn stack(workloads: usize) -> Stack {
    let mut stack = Stack::new("bench", "dev");
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    for (index, priority) in (0..workloads).zip(1..) {
        let path = format!("/service{index}/*");
        let container = Container::builder("api", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .env("PORT", 3000)
            .env("LOG_LEVEL", "info")
            .env("SERVICE_NAME", format!("service-{index}"))
            .event(ApplicationLoadBalancerEvent::new(&main, 3000, priority).listener_port(80).path(path));
        let compute = Fargate::new(Cpu::Quarter, Memory::gib(1));
        stack.add(MultiContainerWorkload::builder(format!("service{index}"), compute).container(container));
    }
    stack.add(main);
    stack
}

/// The rules of the model.
#[inline(never)]
pub fn validate(stack: Stack) -> ValidStack {
    stack.validate().expect("a valid stack")
}

/// What is shared.
#[inline(never)]
pub fn plan(stack: &ValidStack) -> stages::Planned<'_> {
    stages::plan(stack)
}

/// From resources to those of CloudFormation.
#[inline(never)]
pub fn lower(stack: &ValidStack, plan: &stages::Planned<'_>) -> stages::Lowered {
    stages::lower(stack, plan)
}

/// The template, with CloudFormation's own rules.
#[inline(never)]
pub fn merge(stack: &ValidStack, lowered: stages::Lowered) -> (Template, Report) {
    stages::merge(stack, lowered)
}

/// The text of the template.
#[inline(never)]
pub fn print(template: &Template) -> String {
    template.to_json().expect("no image is built")
}

/// All of it, and giving back the memory of everything on the way.
#[inline(never)]
pub fn whole(stack: Stack) -> String {
    let valid = validate(stack);
    let plan = plan(&valid);
    let (template, report) = merge(&valid, lower(&valid, &plan));
    black_box(&report);
    print(&template)
}

/// The template of a stack.
pub fn template(stack: Stack) -> Template {
    let valid = validate(stack);
    let plan = plan(&valid);
    merge(&valid, lower(&valid, &plan)).0
}
