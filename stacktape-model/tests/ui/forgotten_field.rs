use stacktape_model::container::{PrebuiltImage, PrebuiltImageParts};

fn lower(image: &PrebuiltImage) {
    let PrebuiltImageParts { image: _, command: _, entry_point: _ } = image.parts();
}

fn main() {
    lower(&PrebuiltImage::builder("nginx:1.29").build());
}
