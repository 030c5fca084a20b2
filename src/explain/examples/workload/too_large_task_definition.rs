use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let web = Container::builder("web", Image::prebuilt("nginx:1.29")).env("TEXT", "x".repeat(65 * 1024));
    stack.add(MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web));
    stack
}
