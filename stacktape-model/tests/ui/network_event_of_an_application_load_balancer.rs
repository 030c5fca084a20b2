use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
use stacktape_model::container::NetworkLoadBalancerEvent;

fn main() {
    let main = ApplicationLoadBalancer::builder("main").build();
    NetworkLoadBalancerEvent::new(&main, 80, 80);
}
