use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop".repeat(40), "dev");
    stack.add(Bucket::builder("photos"));
    stack
}
