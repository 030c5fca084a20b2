use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    stack.add(SnsTopic::builder("news").sms_display_name("news ".repeat(21)));
    stack
}
