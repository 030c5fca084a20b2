use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let rules = (0..101).map(|index| CorsRule::builder().allowed_origin(format!("https://{index}.example.com")));
    stack.add(Bucket::builder("photos").cors(BucketCors::builder().rules(rules)));
    stack
}
