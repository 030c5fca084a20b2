use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "Dev_2");
    stack.add(Bucket::builder("photos"));
    stack
}
