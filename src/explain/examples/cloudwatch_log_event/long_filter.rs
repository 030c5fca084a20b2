use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let group = "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api";
    let event = CloudwatchLogEvent::new(group).filter("x".repeat(1025));
    stack.add(Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).event(event));
    stack
}
