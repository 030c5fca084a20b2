//! Findings point at the line where the user wrote the mistake.

use stacktape_model::bucket::Bucket;
use stacktape_model::compute::Fargate;
use stacktape_model::container::{Container, HttpApiEvent, Image, Method, WorkloadInternalEvent};
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::overrides::Override;
use stacktape_model::private_service::PrivateService;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::resource::Resource;
use stacktape_model::service::SideContainer;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::{Output, VpcIds};
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::WebService;
use stacktape_model::worker_service::WorkerService;

use crate::support::{api, empty, found, stack, web, workload};

/// The only finding stands on this line of this file.
#[track_caller]
fn assert_points_at(line: u32, stack: Stack) {
    let report = found(stack);
    let places: Vec<_> = report.iter().map(|finding| finding.origin.map(|origin| (origin.file(), origin.line()))).collect();
    assert_eq!(places, [Some((Some(file!()), line))], "{report}");
}

#[test]
fn at_the_builder_of_a_resource() {
    let (bucket, line) = (Bucket::builder("my-bucket"), line!());
    let named = bucket.versioning(true).build();
    assert_points_at(line, stack([named]));
}

#[test]
fn at_the_builder_of_a_container() {
    let (container, line) = (Container::builder("web", Image::prebuilt("nginx:1.29")), line!());
    let api = api(container.stop_timeout(121));
    assert_points_at(line, stack([api]));
}

#[test]
fn at_a_variable() {
    let container = web().env("PORT", 80);
    let (container, line) = (container.env("", "x"), line!());
    assert_points_at(line, stack([api(container)]));
}

#[test]
fn at_a_list_of_variables() {
    let (container, line) = (web().environment([("", "x")]), line!());
    assert_points_at(line, stack([api(container)]));
}

#[test]
fn at_an_event() {
    let gateway = HttpApiGateway::builder("main").build();
    let (event, line) = (HttpApiEvent::new(&gateway, Method::Get, "users", 80), line!());
    let mut stack = stack([api(web().event(WorkloadInternalEvent::new(80)).event(event))]);
    stack.add(gateway);
    assert_points_at(line, stack);
}

#[test]
fn at_the_port_of_an_event() {
    let gateway = HttpApiGateway::builder("main").build();
    let (event, line) = (HttpApiEvent::new(&gateway, Method::Get, "/users", 0), line!());
    let mut stack = stack([api(web().event(event))]);
    stack.add(gateway);
    assert_points_at(line, stack);
}

#[test]
fn at_a_route_that_another_workload_has() {
    let gateway = HttpApiGateway::builder("main").build();
    let first = api(web().event(HttpApiEvent::new(&gateway, Method::Get, "/", 80))).build();
    let (event, line) = (HttpApiEvent::new(&gateway, Method::Get, "/", 80), line!());
    let second = workload("shop").container(web().event(event)).build();
    let mut stack = stack([first, second]);
    stack.add(gateway);
    assert_points_at(line, stack);
}

#[test]
fn at_a_service_and_at_its_side_container() {
    let small = Fargate::new(Cpu::Half, Memory::gib(1));
    let (service, line) = (WebService::builder("api", small, Image::prebuilt("nginx:1.29")), line!());
    assert_points_at(line, stack([service.stop_timeout(121)]));
    let (container, line) = (Container::builder("side", Image::prebuilt("nginx:1.29")), line!());
    let side = SideContainer::always_running(container.stop_timeout(121));
    assert_points_at(line, stack([WorkerService::builder("api", small, Image::prebuilt("nginx:1.29")).side_container(side)]));
}

#[test]
fn at_the_address_of_a_service_that_was_not_added() {
    let orders = PrivateService::builder("orders", Fargate::new(Cpu::Half, Memory::gib(1)), Image::prebuilt("nginx:1.29")).build();
    let (address, line) = (orders.address(), line!());
    assert_points_at(line, stack([api(web().env("ORDERS", address))]));
}

#[test]
fn at_a_connection() {
    let photos = Bucket::builder("photos").build();
    let api = api(web());
    let (api, line) = (api.connect_to(&photos), line!());
    assert_points_at(line, stack([api]));
}

#[test]
fn at_a_parameter_in_a_variable() {
    let photos = Bucket::builder("photos").build();
    let (name, line) = (photos.bucket_name(), line!());
    assert_points_at(line, stack([api(web().env("BUCKET", name))]));
}

#[test]
fn at_an_output() {
    let mut stack = empty();
    let (output, line) = (Output::new("photos-arn", "x"), line!());
    stack.output(output.description("where photos are"));
    assert_points_at(line, stack);
}

#[test]
fn at_a_tag() {
    let mut stack = empty();
    stack.tag("team", "shop");
    let line = line!() + 1;
    stack.tag("aws:team", "shop");
    assert_points_at(line, stack);
}

#[test]
fn at_a_reused_vpc() {
    let mut stack = empty();
    let (vpc, line) = (VpcIds::new("my-vpc", "10.0.0.0/16"), line!());
    stack.reuse_vpc(vpc);
    assert_points_at(line, stack);
}

#[test]
fn at_an_override() {
    let (set, line) = (Override::new("PhotosBucket", "", 1), line!());
    assert_points_at(line, stack([Bucket::builder("photos").override_with(set)]));
    let mut stack = empty();
    let (set, line) = (Override::new("StpVpc", "", 1), line!());
    stack.override_with(set);
    assert_points_at(line, stack);
}

#[test]
fn at_a_raw_resource() {
    let mut stack = empty();
    let (topic, line) = (RawResource::new("Topic", "SNS"), line!());
    stack.add_raw(topic.property("DisplayName", "Orders"));
    assert_points_at(line, stack);
}

#[test]
fn at_the_stack() {
    let (stack, line) = (Stack::new("Shop", "dev"), line!());
    assert_points_at(line, stack);
}

#[test]
fn at_another_place_for_the_stack() {
    let (bucket, line) = (Bucket::builder("photos").build(), line!());
    let place = Resource::from(bucket).origin();
    assert_points_at(line, Stack::new("Shop", "dev").with_origin(place));
}
