use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let gateway = HttpApiGateway::builder("main").build();
    let mut web = Container::builder("web", Image::prebuilt("nginx:1.29"));
    for index in 0..11 {
        let users = Authorizer::jwt("https://login.example.com", format!("client{index}"));
        web = web.event(HttpApiEvent::new(&gateway, Method::Get, format!("/{index}"), 80).authorizer(users));
    }
    let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web);
    stack.add(api).add(gateway);
    stack
}
