use stacktape_model::log_forwarding::LogForwarding;

fn main() {
    LogForwarding::datadog("0123456789abcdef");
}
