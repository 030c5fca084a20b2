use stacktape_model::stack_config::Output;
use stacktape_model::text::Secret;

fn main() {
    Output::new("password", Secret::new("db").key("password"));
}
