use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let task = RawResource::new("Task", "AWS::ECS::TaskDefinition");
    stack.add_raw(task.property("Family", "x".repeat(65_536)));
    stack
}
