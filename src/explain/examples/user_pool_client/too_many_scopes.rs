use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let scopes = (0..51).map(|index| format!("orders/scope{index}"));
    stack.add(UserAuthPool::builder("users").allowed_oauth_scopes(scopes));
    stack
}
