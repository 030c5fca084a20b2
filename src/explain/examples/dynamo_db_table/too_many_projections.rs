use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let by_state = SecondaryIndex::new("byState", KeyAttribute::string("state"));
    let by_state = (0..21).fold(by_state, |index, number| index.projection(format!("field{number}")));
    stack.add(DynamoDbTable::builder("orders", KeyAttribute::string("id")).secondary_index(by_state));
    stack
}
