use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    for index in 0..471 {
        stack.add_raw(RawResource::new(format!("Topic{index}"), "AWS::SNS::Topic"));
    }
    stack
}
