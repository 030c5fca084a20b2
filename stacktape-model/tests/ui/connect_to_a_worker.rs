use stacktape_model::compute::Fargate;
use stacktape_model::container::Image;
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::WebService;
use stacktape_model::worker_service::WorkerService;

fn main() {
    let compute = Fargate::new(Cpu::Half, Memory::gib(1));
    let worker = WorkerService::builder("worker", compute, Image::dockerfile("worker")).build();
    WebService::builder("api", compute, Image::dockerfile("api")).connect_to(&worker);
}
