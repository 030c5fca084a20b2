use stacktape_model::container::{Container, Image};
use stacktape_model::stack::Stack;

fn main() {
    let mut stack = Stack::new("shop", "dev");
    stack.add(Container::builder("api", Image::prebuilt("nginx:1.29")));
}
