use stacktape_model::bucket::Bucket;
use stacktape_model::container::{Container, Image};

fn main() {
    let photos = Bucket::builder("photos").build();
    Container::builder("api", Image::prebuilt("nginx:1.29")).env("PHOTOS", photos.url());
}
