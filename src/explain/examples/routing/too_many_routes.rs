use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let main = HttpApiGateway::builder("main").build();
    let events = (0..301).map(|index| HttpApiEvent::new(&main, Method::Get, format!("/{index}"), 80));
    let web = Container::builder("web", Image::prebuilt("nginx:1.29")).events(events);
    stack.add(MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web)).add(main);
    stack
}
