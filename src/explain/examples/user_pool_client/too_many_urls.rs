use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let urls = (0..101).map(|shop| format!("https://shop{shop}.example.com/signed-in"));
    stack.add(UserAuthPool::builder("users").callback_urls(urls));
    stack
}
