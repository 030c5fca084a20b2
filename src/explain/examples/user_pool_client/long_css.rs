use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let css = ".banner-customizable { padding: 25px 0; }\n".repeat(3300);
    stack.add(UserAuthPool::builder("users").hosted_ui_css(css));
    stack
}
