use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let elsewhere = || Redirect::builder(RedirectStatus::Permanent).host("example.com");
    let listeners = (1..=51).map(|port| Listener::http(port).default_action(elsewhere()));
    stack.add(ApplicationLoadBalancer::builder("main").listeners(listeners));
    stack
}
