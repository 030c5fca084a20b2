use serde_json::json;
use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let paths = (0..101).map(|index| (format!("item{index}"), format!("$.detail.items[{index}]")));
    let event = EventBusEvent::of_default_bus(json!({"source": ["my.shop"]})).input_transformer(paths, "<item0>");
    stack.add(SqsQueue::builder("jobs").event(event));
    stack
}
