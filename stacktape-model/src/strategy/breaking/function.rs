//! Mistakes in functions.

use super::planting::{Mistake, Planting, secrets};
use crate::compute::Fargate;
use crate::container::{EnvValue, Image, Method};
use crate::function::{Destinations, Function, FunctionBuilder, FunctionUrl, FunctionUrlCors, Package, Runtime, ScheduleEvent};
use crate::private_service::{PrivateLoadBalancing, PrivateService};
use crate::sns_topic::SnsTopic;
use crate::sqs_queue::SqsQueue;
use crate::text::Secret;
use crate::units::{Cpu, Memory};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("function::size", |planting| match planting.one(&[0, 1, 2, 3]) {
        0 => add(planting, function().memory(Memory::mib(127)), "memory"),
        1 => add(planting, function().memory(Memory::mib(10_241)), "memory"),
        2 => add(planting, function().storage(Memory::mib(511)), "storage"),
        _ => add(planting, function().storage(Memory::mib(10_241)), "storage"),
    }),
    Mistake::anywhere("function::timeout", |planting| {
        let seconds = planting.one(&[901, 0, 3600]);
        add(planting, function().timeout(seconds), "timeout")
    }),
    Mistake::anywhere("function::no_runtime", |planting| {
        let path = planting.text(&["dist", "dist/report.zip"]);
        add(planting, Function::builder("planted", Package::artifact(path, "index:handler")), "runtime")
    }),
    Mistake::anywhere("function::too_many_layers", |planting| {
        let number = planting.one(&[6, 10]);
        let layers = (0..number).map(|index| format!("arn:aws:lambda:us-east-1:123456789012:layer:shared{index}:1"));
        add(planting, function().layers(layers), "layers")
    }),
    Mistake::anywhere("function::layer", |planting| {
        let arn =
            planting.text(&["shared", "arn:aws:lambda:us-east-1:123456789012:layer:shared", "arn:aws:lambda:us-east-1::layer:shared:1"]);
        add(planting, function().layer(arn), "layers[0]")
    }),
    Mistake::anywhere("function::layer_twice", |planting| {
        let arn = planting.text(&["arn:aws:lambda:us-east-1:123456789012:layer:shared:1", "arn:aws:lambda:::awslayer:AmazonLinux1803"]);
        add(planting, function().layer(arn.clone()).layer(arn), "layers[1]")
    }),
    Mistake::anywhere("function::variable_name", |planting| {
        let name = planting.text(&["my-flag", "_x", "A", "1st", "with blank"]);
        add(planting, function().env(name, 1), "environment[0].name")
    }),
    Mistake::anywhere("function::reserved_variable", |planting| {
        let name = planting.text(&["AWS_REGION", "_HANDLER", "AWS_LAMBDA_FUNCTION_NAME"]);
        add(planting, function().env(name, 1), "environment[0].name")
    }),
    Mistake::anywhere("function::large_environment", |planting| {
        let size = planting.one(&[4093, 10_000]);
        add(planting, function().env("LONG", "x".repeat(size)), "environment")
    }),
    Mistake::anywhere("function::cors_max_age", |planting| {
        let age = planting.one(&[86_401, u32::MAX]);
        add(planting, function().url(url(FunctionUrlCors::builder().max_age(age))), "url.cors.maxAge")
    }),
    Mistake::anywhere("function::cors_values", |planting| {
        let values = (0..101).map(|index| format!("https://{index}.example.com"));
        let cors = FunctionUrlCors::builder();
        match planting.one(&[0, 1, 2]) {
            0 => add(planting, function().url(url(cors.allowed_origins(values))), "url.cors.allowedOrigins"),
            1 => add(planting, function().url(url(cors.allowed_headers(values))), "url.cors.allowedHeaders"),
            _ => add(planting, function().url(url(cors.exposed_response_headers(values))), "url.cors.exposedResponseHeaders"),
        }
    }),
    Mistake::anywhere("function::cors_method", |planting| {
        let before = planting.one(&[0, 1]);
        let methods = [Method::Get].into_iter().take(before).chain([Method::Options]);
        let cors = FunctionUrlCors::builder().allowed_methods(methods);
        add(planting, function().url(url(cors)), &format!("url.cors.allowedMethods[{before}]"))
    }),
    Mistake::anywhere("function::destination", |planting| {
        let arn = planting.text(&["results", "arn:aws:s3:::results/", "arn:aws:sqs:us-east-1:123456789012:results.fifo"]);
        if planting.one(&[true, false]) {
            add(planting, function().destinations(Destinations::new().on_failure(arn)), "destinations.onFailure")
        } else {
            let arn = planting.text(&[&arn, "arn:aws:s3:::results"]);
            add(planting, function().destinations(Destinations::new().on_success(arn)), "destinations.onSuccess")
        }
    }),
    Mistake::anywhere("function::fifo_destination", |planting| {
        let arn = if planting.one(&[true, false]) {
            let queue = SqsQueue::builder("plantedQueue").fifo_enabled(true).build();
            let arn = queue.arn();
            planting.stack.add(queue);
            arn
        } else {
            let topic = SnsTopic::builder("plantedTopic").fifo_enabled(true).build();
            let arn = topic.arn();
            planting.stack.add(topic);
            arn
        };
        add(planting, function().destinations(Destinations::new().on_failure(arn)), "destinations.onFailure")
    }),
    Mistake::anywhere("function::deprecated_runtime", |planting| {
        let runtime = planting.one(&[Runtime::NodeJs18, Runtime::Python39, Runtime::Ruby32]);
        add(planting, Function::builder("planted", Package::artifact("dist", "index:handler")).runtime(runtime), "runtime")
    }),
    Mistake::anywhere("function::visible_secret", |planting| {
        let name = planting.text(&["KEY", "Token1"]);
        let values: Vec<_> = secrets().map(EnvValue::from).into_iter().chain([Secret::new("planted").into()]).collect();
        let value = planting.one(&values);
        add(planting, function().env(name, value), "environment[0].value")
    }),
    Mistake::anywhere("function::cors_credentials", |planting| {
        let cors = FunctionUrlCors::builder().allow_credentials(true);
        let cors = if planting.one(&[true, false]) { cors } else { cors.allowed_origin("*") };
        add(planting, function().url(url(cors)), "url.cors.allowCredentials")
    }),
    Mistake::anywhere("function::service_connect", |planting| {
        let joins = planting.one(&[true, false]);
        connected(planting, PrivateLoadBalancing::service_connect().into(), joins)
    }),
    Mistake::anywhere("function::outside_vpc", |planting| {
        connected(planting, PrivateLoadBalancing::application_load_balancer().into(), false)
    }),
    Mistake::anywhere("package::path", |planting| {
        let path = planting.text(&["", "../dist", "/srv/dist.zip"]);
        add(planting, of(Package::artifact(path, "index:handler")), "packaging.packagePath")
    }),
    Mistake::anywhere("package::outside", |planting| {
        let pattern = planting.text(&["../*.js", ""]);
        if planting.one(&[true, false]) {
            add(planting, of(Package::artifact("dist", "index:handler").include_file(pattern)), "packaging.includeFiles[0]")
        } else {
            add(planting, of(Package::artifact("dist", "index:handler").exclude_file(pattern)), "packaging.excludeFiles[0]")
        }
    }),
    Mistake::anywhere("package::patterns_of_file", |planting| {
        let path = planting.text(&["dist.zip", "dist/report.ZIP"]);
        if planting.one(&[true, false]) {
            add(planting, of(Package::artifact(path, "index:handler").include_file("*.js")), "packaging.includeFiles")
        } else {
            add(planting, of(Package::artifact(path, "index:handler").exclude_file("*.js")), "packaging.excludeFiles")
        }
    }),
    Mistake::anywhere("package::handler", |planting| {
        let handler = planting.text(&["handler", "", "index.", "index:", "in dex.handler", &format!("index.{}", "x".repeat(123))]);
        add(planting, of(Package::artifact("dist", handler)), "packaging.handler")
    }),
    Mistake::anywhere("schedule::expression", |planting| {
        let schedule = planting.text(&[
            "rate(1 minutes)",
            "rate(5 minute)",
            "rate(0 days)",
            "every day",
            "cron(0 2 * * *)",
            "cron(0 2 * * * *)",
            "cron(60 2 * * ? *)",
        ]);
        add(planting, function().event(ScheduleEvent::new(schedule)), "events[0].scheduleRate")
    }),
];

/// Connects the function `planted` to a private service.
fn connected(planting: &mut Planting<'_>, balancing: PrivateLoadBalancing, joins: bool) -> String {
    let service = PrivateService::builder("plantedInside", Fargate::new(Cpu::Half, Memory::gib(1)), Image::prebuilt("nginx:1.29"));
    let service = service.load_balancing(balancing).build();
    let function = function().connect_to(&service).join_default_vpc(joins);
    planting.stack.add(service);
    add(planting, function, "connectTo[0]")
}

fn of(package: impl Into<Package>) -> FunctionBuilder {
    Function::builder("planted", package).runtime(Runtime::NodeJs24)
}

fn function() -> FunctionBuilder {
    of(Package::artifact("dist", "index:handler"))
}

fn url(cors: impl Into<FunctionUrlCors>) -> FunctionUrl {
    FunctionUrl::builder().cors(cors).build()
}

/// Adds the function `planted`.
fn add(planting: &mut Planting<'_>, function: FunctionBuilder, field: &str) -> String {
    planting.stack.add(function);
    format!("resources.planted.{field}")
}
