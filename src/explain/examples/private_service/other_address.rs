use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let orders = || PrivateService::builder("orders", Fargate::new(Cpu::Half, Memory::gib(1)), Image::prebuilt("nginx:1.29"));
    stack.output(Output::new("address", orders().build().address()));
    stack.add(orders().port(8080));
    stack
}
