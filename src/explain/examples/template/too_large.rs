use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    stack.add_raw(RawResource::new("Topic", "AWS::SNS::Topic").property("DisplayName", "x".repeat(1_000_000)));
    stack
}
