use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let endpoint = LogForwarding::http_endpoint("https://logs.example.com").parameter("motto", "x".repeat(1025));
    stack.add(HttpApiGateway::builder("main").logging(AccessLogs::retained(30).forward_to(endpoint)));
    stack
}
