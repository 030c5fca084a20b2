use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let containers = (0..11).map(|index| Container::builder(format!("web{index}"), Image::prebuilt("nginx:1.29")));
    stack.add(MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).containers(containers));
    stack
}
