use serde_json::json;
use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let statements = (0..21).map(|index| PolicyStatement::allow(["sqs:SendMessage"], json!({"AWS": format!("1234567890{index:02}")})));
    stack.add(SqsQueue::builder("jobs").policy_statements(statements));
    stack
}
