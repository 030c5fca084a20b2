use stacktape::prelude::*;

pub fn stack() -> Stack {
    let mut stack = Stack::new("shop", "dev");
    let mut endpoint = LogForwarding::http_endpoint("https://logs.example.com");
    for index in 0..51 {
        endpoint = endpoint.parameter(format!("parameter{index}"), "value");
    }
    stack.add(HttpApiGateway::builder("main").logging(AccessLogs::retained(30).forward_to(endpoint)));
    stack
}
