use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let indexes = (0..21).map(|index| SecondaryIndex::new(format!("byField{index}"), KeyAttribute::string(format!("field{index}"))));
    stack.add(DynamoDbTable::builder("orders", KeyAttribute::string("id")).secondary_indexes(indexes));
    stack
}
