use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    for index in 0..48 {
        stack.tag(format!("tag{index}"), "shop");
    }
    stack.add(Bucket::builder("photos"));
    stack
}
