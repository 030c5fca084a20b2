use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    stack.reuse_vpc(StackVpc::new("shop", "dev"));
    stack.add(Bucket::builder("photos"));
    stack
}
