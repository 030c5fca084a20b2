use stacktape_model::multi_container_workload::MultiContainerWorkload;

fn main() {
    MultiContainerWorkload::builder("api", "fargate").build();
}
