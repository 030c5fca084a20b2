use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let gateway = HttpApiGateway::builder("main").build();
    let mut users = Authorizer::jwt("https://login.example.com", "web");
    for index in 0..50 {
        users = users.audience(format!("client{index}"));
    }
    let event = HttpApiEvent::new(&gateway, Method::Get, "/", 80).authorizer(users);
    let web = Container::builder("web", Image::prebuilt("nginx:1.29")).event(event);
    let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web);
    stack.add(api).add(gateway);
    stack
}
