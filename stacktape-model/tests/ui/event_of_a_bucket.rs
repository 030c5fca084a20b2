use stacktape_model::bucket::Bucket;
use stacktape_model::container::ApplicationLoadBalancerEvent;

fn main() {
    let photos = Bucket::builder("photos").build();
    ApplicationLoadBalancerEvent::new(&photos, 80, 1);
}
