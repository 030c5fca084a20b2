use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let elsewhere = || Redirect::builder(RedirectStatus::Permanent).host("example.com");
    let arn = |index| format!("arn:aws:acm:eu-west-1:123456789012:certificate/{index}");
    let listener = Listener::https(443, arn(0)).custom_certificate_arns((1..=26).map(arn)).default_action(elsewhere());
    stack.add(ApplicationLoadBalancer::builder("main").listener(listener));
    stack
}
