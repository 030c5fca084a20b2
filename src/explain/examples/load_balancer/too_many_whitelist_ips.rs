use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let elsewhere = || Redirect::builder(RedirectStatus::Permanent).host("example.com");
    let ranges = (0..61).map(|index| format!("10.{index}.0.0/16"));
    let listener = Listener::http(80).whitelist_ips(ranges).default_action(elsewhere());
    stack.add(ApplicationLoadBalancer::builder("main").listener(listener));
    stack
}
