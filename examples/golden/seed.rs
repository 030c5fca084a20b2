//! The examples of the language that stacks are written in, in both forms: what AWS would refuse of them is found, and the mended form
//! becomes the same template through either door.

use stacktape::assembly::assemble;
use stacktape::document::{Document, Facts};
use stacktape::prelude::*;

const BEHIND_A_LOAD_BALANCER: &str = "
resources:
  myLoadBalancer:
    type: application-load-balancer
  myApp:
    type: multi-container-workload
    properties:
      containers:
        - name: api-container
          packaging:
            type: custom-dockerfile
            properties:
              buildContextPath: examples/apps/api
          events:
            - type: application-load-balancer
              properties:
                loadBalancerName: myLoadBalancer
                containerPort: 80
                priority: 1
                paths: ['*']
      resources:
        cpu: 2
        memory: 2048
";

fn behind_a_load_balancer(memory: Memory) -> Stack {
    let balancer = ApplicationLoadBalancer::builder("myLoadBalancer").build();
    let container = Container::builder("api-container", Image::dockerfile("examples/apps/api"))
        .event(ApplicationLoadBalancerEvent::new(&balancer, 80, 1).path("*"));
    let mut stack = Stack::new("seed", "dev");
    stack.add(balancer).add(MultiContainerWorkload::builder("myApp", Fargate::new(Cpu::Two, memory)).container(container));
    stack
}

fn read(text: &str) -> Stack {
    Document::parse(text).and_then(|document| document.stack(&Facts::new("seed", "dev"))).expect("a stack")
}

fn template(stack: Stack) -> String {
    let target = Target::new("seed", "dev").project_directory(env!("CARGO_MANIFEST_DIR"));
    assemble(stack, &target, "cdk.out".as_ref()).expect("a valid stack").template_json().to_owned()
}

#[test]
fn a_workload_behind_a_load_balancer_needs_more_memory_for_two_vcpus() {
    for stack in [read(BEHIND_A_LOAD_BALANCER), behind_a_load_balancer(Memory::mib(2048))] {
        let report = stack.validate().expect_err("Fargate has no such size");
        let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
        let plain = ("application_load_balancer::plain_http", "resources.myLoadBalancer");
        let size = ("compute::fargate_size", "resources.myApp.resources.memory");
        assert!(found.len() == 2 && found.contains(&plain) && found.contains(&size), "{report}");
    }
}

#[test]
fn a_workload_behind_a_load_balancer_becomes_one_template_through_both_doors() {
    let mended = read(&BEHIND_A_LOAD_BALANCER.replace("memory: 2048", "memory: 4096"));
    let template_of_yaml = template(mended);
    assert_eq!(template_of_yaml, template(behind_a_load_balancer(Memory::gib(4))));
    for id in ["MyLoadBalancerLoadBalancer", "MyLoadBalancerListener80", "MyLoadBalancerListener80Priority1Rule", "MyAppService"] {
        assert!(template_of_yaml.contains(&format!("\"{id}\": {{")), "no {id}");
    }
}
