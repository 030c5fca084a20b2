use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let attributes = (0..51).map(|index| SchemaAttribute::builder(format!("field{index}"), AttributeType::string()));
    stack.add(UserAuthPool::builder("users").schema(attributes));
    stack
}
