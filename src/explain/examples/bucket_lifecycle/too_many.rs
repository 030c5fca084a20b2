use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let rules = (1..=1001).map(|days_after_upload| LifecycleRule::new(LifecycleAction::Expiration { days_after_upload }));
    stack.add(Bucket::builder("photos").lifecycle_rules(rules));
    stack
}
