use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "d");
    stack.add(Bucket::builder("photos"));
    stack
}
