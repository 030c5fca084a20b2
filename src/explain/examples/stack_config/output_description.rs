use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let photos = Bucket::builder("photos").build();
    stack.output(Output::new("arn", photos.arn()).description("x".repeat(1025)));
    stack.add(photos);
    stack
}
