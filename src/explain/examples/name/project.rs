use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("Shop", "dev");
    stack.add(Bucket::builder("photos"));
    stack
}
