use serde_json::json;
use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let ids: Vec<_> = (0..2000).collect();
    let event = SqsEvent::of_arn("arn:aws:sqs:eu-west-1:123456789012:jobs").filter(json!({"body": {"id": ids}}));
    stack.add(Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).event(event));
    stack
}
