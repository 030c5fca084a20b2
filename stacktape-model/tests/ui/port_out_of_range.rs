use stacktape_model::container::WorkloadInternalEvent;

fn main() {
    WorkloadInternalEvent::new(70000);
}
