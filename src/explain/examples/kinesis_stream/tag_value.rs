use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    stack.tag("purpose", "clicks: ".repeat(32)).add(KinesisStream::builder("clicks"));
    stack
}
