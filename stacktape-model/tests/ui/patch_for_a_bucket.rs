use stacktape_model::bucket::{CorsRule, S3Method};

fn main() {
    CorsRule::builder().allowed_method(S3Method::Patch);
}
