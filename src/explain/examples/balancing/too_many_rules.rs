use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let main = ApplicationLoadBalancer::builder("main").interface(Interface::Internal).build();
    let events = (1..=101).map(|priority| ApplicationLoadBalancerEvent::new(&main, 80, priority).path(format!("/{priority}/*")));
    let web = Container::builder("web", Image::prebuilt("nginx:1.29")).events(events);
    stack.add(MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web)).add(main);
    stack
}
