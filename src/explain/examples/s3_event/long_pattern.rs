use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let photos = Bucket::builder("photos").build();
    let event = S3Event::new(&photos, S3EventType::ObjectCreated).prefix("*".repeat(1000)).suffix("*".repeat(1000));
    stack.add(photos);
    stack.add(Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).event(event));
    stack
}
