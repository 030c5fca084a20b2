use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let photos = Bucket::builder("photos").build();
    for index in 0..201 {
        stack.output(Output::new(format!("arn{index}"), photos.arn()));
    }
    stack.add(photos);
    stack
}
