//! Functions: sizes, runtimes, packages, variables, addresses, destinations and schedules.

use stacktape_model::bucket::Bucket;
use stacktape_model::compute::Fargate;
use stacktape_model::container::{EfsMount, Image, Method, VolumeMount};
use stacktape_model::efs_filesystem::EfsFilesystem;
use stacktape_model::function::{
    Destinations, Function, FunctionBuilder, FunctionUrl, FunctionUrlCors, FunctionUrlCorsBuilder, Package, Runtime, ScheduleEvent,
};
use stacktape_model::private_service::{PrivateLoadBalancing, PrivateService};
use stacktape_model::resource::Resource;
use stacktape_model::sns_topic::SnsTopic;
use stacktape_model::sqs_queue::SqsQueue;
use stacktape_model::stack::Stack;
use stacktape_model::text::{Secret, Text};
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::user_auth_pool::{UserAuthPool, UserAuthPoolBuilder};

use crate::support::{Rule, rule, stack};

#[track_caller]
fn of(package: impl Into<Package>, runtime: Runtime) -> FunctionBuilder {
    Function::builder("report", package).runtime(runtime)
}

#[track_caller]
fn function() -> FunctionBuilder {
    of(Package::artifact("dist", "index:handler"), Runtime::NodeJs24)
}

#[track_caller]
fn one(function: FunctionBuilder) -> Stack {
    stack([function])
}

/// A function that is connected to a user pool.
#[track_caller]
fn knowing(users: UserAuthPoolBuilder) -> Stack {
    let users = users.build();
    let mut stack = one(function().connect_to(&users));
    stack.add(users);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_settings();
    rules.extend(of_environments());
    rules.extend(of_packages());
    rules.extend(of_urls());
    rules.extend(of_destinations());
    rules.extend(of_services());
    rules.extend(of_mounts());
    rules.extend(of_schedules());
    rules
}

fn of_settings() -> Vec<Rule> {
    let sized = |memory, storage| one(function().memory(Memory::mib(memory)).storage(Memory::mib(storage)));
    let layer = |number: usize| format!("arn:aws:lambda:eu-west-1:123456789012:layer:shared{number}:7");
    let layered = |number: usize| one(function().layers((0..number).map(layer)));
    let run_by = |runtime| one(of(Package::artifact("dist", "index.handler"), runtime));
    vec![
        rule("function::size")
            .refuses("resources.report.memory", sized(127, 512))
            .saying("found 127 MB, expected 128 to 10240 MB", "write a number from 128 to 10240")
            .refuses("resources.report.memory", sized(10_241, 512))
            .refuses("resources.report.storage", sized(128, 511))
            .refuses("resources.report.storage", sized(128, 10_241))
            .takes(sized(128, 512))
            .takes(sized(10_240, 10_240)),
        rule("function::timeout")
            .refuses("resources.report.timeout", one(function().timeout(901)))
            .saying("found a timeout of 901 s, expected 1 to 900 s", "write `.timeout(900)` for the longest one, or let a `batch-job` do the work")
            .refuses("resources.report.timeout", one(function().timeout(0)))
            .takes(one(function().timeout(900)))
            .takes(one(function().timeout(1))),
        rule("function::no_runtime")
            .refuses("resources.report.runtime", one(Function::builder("report", Package::artifact("dist", "index:handler"))))
            .saying(
                "found no runtime, expected one, since the code is packaged already",
                "write `.runtime(Runtime::NodeJs24)`, or another one of `Runtime`",
            )
            .takes(one(function())),
        rule("function::deprecated_runtime")
            .warns("resources.report.runtime", run_by(Runtime::NodeJs20))
            .saying("found the runtime `nodejs20.x`, which AWS has deprecated, expected a later one", "take `nodejs24.x`")
            .warns("resources.report.runtime", run_by(Runtime::Python310))
            .warns("resources.report.runtime", run_by(Runtime::Ruby32))
            .warns("resources.report.runtime", one(of(Package::artifact("dist", "A::B::C"), Runtime::DotNet8)))
            .warns("resources.report.runtime", one(of(Package::artifact("dist", "bootstrap"), Runtime::ProvidedAl2)))
            .takes(run_by(Runtime::NodeJs22))
            .takes(run_by(Runtime::Python311))
            .takes(run_by(Runtime::Ruby33)),
        rule("function::too_many_layers")
            .refuses("resources.report.layers", layered(6))
            .saying("found 6 layers, expected at most 5", "join some of them")
            .takes(layered(5)),
        rule("function::layer")
            .refuses("resources.report.layers[0]", one(function().layer("shared")))
            .saying(
                "found the layer `shared`, expected the ARN of a version of a layer",
                "write an ARN such as `arn:aws:lambda:eu-west-1:123456789012:layer:shared:3`",
            )
            .refuses("resources.report.layers[0]", one(function().layer("arn:aws:lambda:eu-west-1:123456789012:layer:shared")))
            .refuses("resources.report.layers[0]", one(function().layer("arn:aws:lambda:eu-west-1:123456789012:layer:shared:last")))
            .takes(one(function().layer("arn:aws-cn:lambda:cn-north-1:123456789012:layer:shared:3")))
            .takes(one(function().layer("arn:aws:lambda:::awslayer:AmazonLinux1803")))
            // Only the deployment knows it.
            .takes(one(function().layer(Text::joined(["shared".into()])))),
        rule("function::layer_twice")
            .refuses("resources.report.layers[1]", one(function().layer(layer(1)).layer(layer(1))))
            .saying(
                "found the layer `arn:aws:lambda:eu-west-1:123456789012:layer:shared1:7` a second time, expected each once",
                "leave one of the two out",
            )
            .takes(one(function().layer(layer(1)).layer(layer(2)))),
    ]
}

fn of_environments() -> Vec<Rule> {
    const NAME: &str = "resources.report.environment[0].name";
    let var = |name: &str| one(function().env(name, 1));
    let long = |size: usize| one(function().env("LONG", "x".repeat(size)));
    vec![
        rule("function::variable_name")
            .refuses(NAME, var("my-flag"))
            .saying(
                "found the variable name `my-flag`, expected a letter and at least one further letter, digit or `_`",
                "leave out everything else",
            )
            .refuses(NAME, var("A"))
            .refuses(NAME, var("_x"))
            .refuses(NAME, var("1st"))
            .takes(var("A1"))
            .takes(var("a_")),
        rule("function::reserved_variable")
            .refuses(NAME, var("AWS_REGION"))
            .saying(
                "found the variable `AWS_REGION`, which Lambda sets itself, expected another name",
                "choose another name, or read what Lambda has set",
            )
            .refuses(NAME, var("_HANDLER"))
            .refuses(NAME, var("AWS_LAMBDA_RUNTIME_API"))
            .takes(var("AWS_REGIONS"))
            .takes(var("TZ")),
        rule("function::large_environment")
            .refuses("resources.report.environment", long(4093))
            .saying(
                "found variables of at least 4097 bytes, expected at most 4,096 bytes in all",
                "keep large values in a file, or in Parameter Store",
            )
            .takes(long(4092)),
        rule("function::visible_secret")
            .warns("resources.report.environment[0].value", one(function().env("KEY", Secret::new("key"))))
            .saying(
                "found a secret in the variable `KEY`, expected the code to read it from Secrets Manager",
                "give the function the secret's name, and `secretsmanager:GetSecretValue` in its role; as it stands, whoever may read the \
                 function's configuration sees the secret",
            )
            .warns("resources.report.connectTo[0]", knowing(UserAuthPool::builder("users").generate_client_secret(true)))
            .warns("resources.report.environment[0].value", one(function().env("KEY", "{{resolve:secretsmanager:key}}")))
            .takes(knowing(UserAuthPool::builder("users")))
            .takes(one(function().env("HOST", "{{resolve:ssm:/db/host}}")))
            .takes(one(function().env("KEY_NAME", "key"))),
    ]
}

fn of_packages() -> Vec<Rule> {
    const HANDLER: &str = "resources.report.packaging.handler";
    let at = |path: &str| one(of(Package::artifact(path, "index:handler"), Runtime::NodeJs24));
    let called = |handler: &str, runtime| one(of(Package::artifact("dist", handler), runtime));
    vec![
        rule("package::path")
            .refuses("resources.report.packaging.packagePath", at("../dist"))
            .saying(
                "found the path `../dist`, expected a directory or a `.zip` file of the project",
                "write a path such as `dist/report` or `dist/report.zip`",
            )
            .refuses("resources.report.packaging.packagePath", at(""))
            .refuses("resources.report.packaging.packagePath", at("/dist"))
            .takes(at("./dist"))
            .takes(at("dist.zip")),
        rule("package::outside")
            .refuses(
                "resources.report.packaging.includeFiles[0]",
                one(of(Package::artifact("dist", "index:handler").include_file("../*"), Runtime::NodeJs24)),
            )
            .saying(
                "found the pattern `../*`, expected one of files below the directory that is packaged",
                "write a path relative to that directory, such as `lib/**`",
            )
            .refuses(
                "resources.report.packaging.excludeFiles[0]",
                one(of(Package::artifact("dist", "index:handler").exclude_file(""), Runtime::NodeJs24)),
            )
            .takes(one(of(Package::artifact("dist", "index:handler").include_file("lib/**").exclude_file("**/*.map"), Runtime::NodeJs24))),
        rule("package::patterns_of_file")
            .refuses(
                "resources.report.packaging.includeFiles",
                one(of(Package::artifact("dist.zip", "index:handler").include_file("*.js"), Runtime::NodeJs24)),
            )
            .saying(
                "found `includeFiles` beside the file `dist.zip`, expected it beside a directory",
                "leave it out, or write the directory that the file was made of",
            )
            .refuses(
                "resources.report.packaging.excludeFiles",
                one(of(Package::artifact("dist.ZIP", "index:handler").exclude_file("*.js"), Runtime::NodeJs24)),
            )
            .takes(one(of(Package::artifact("dist.zip.d", "index:handler").exclude_file("*.js"), Runtime::NodeJs24))),
        rule("package::handler")
            .refuses(HANDLER, called("handler", Runtime::NodeJs24))
            .saying(
                "found the handler `handler`, expected a file and a function in it, `index:handler`, at most 128 characters without blanks",
                "write what Lambda calls, for example `index:handler` for the function `handler` of `index.js`",
            )
            .refuses(HANDLER, called("index:", Runtime::Python314))
            .refuses(HANDLER, called("shop.Order::handle", Runtime::Ruby34))
            .refuses(HANDLER, called("::handle", Runtime::Java25))
            .refuses(HANDLER, called("", Runtime::ProvidedAl2023))
            .refuses(HANDLER, called("boot strap", Runtime::ProvidedAl2023))
            .refuses(HANDLER, called(&format!("index.{}", "x".repeat(123)), Runtime::NodeJs24))
            .takes(called(&format!("index.{}", "x".repeat(122)), Runtime::NodeJs24))
            .takes(called("src/index.mjs:default", Runtime::NodeJs24))
            .takes(called("shop.Order", Runtime::Java25))
            .takes(called("Shop::Shop.Order::Handle", Runtime::DotNet10))
            .takes(called("bootstrap", Runtime::ProvidedAl2023)),
    ]
}

fn of_urls() -> Vec<Rule> {
    let answering = |cors: FunctionUrlCorsBuilder| one(function().url(FunctionUrl::builder().cors(cors)));
    let cors = FunctionUrlCors::builder;
    let values = |number: usize| (0..number).map(|index| format!("https://{index}.example.com"));
    vec![
        rule("function::cors_max_age")
            .refuses("resources.report.url.cors.maxAge", answering(cors().max_age(86_401)))
            .saying("found a maximum age of 86401 s, expected 0 to 86,400 s", "write `.max_age(86_400)` for the longest one")
            .takes(answering(cors().max_age(86_400)))
            .takes(answering(cors().max_age(0))),
        rule("function::cors_values")
            .refuses("resources.report.url.cors.allowedOrigins", answering(cors().allowed_origins(values(101))))
            .saying("found 101 values, expected at most 100", "leave some out, or write `*`")
            .refuses("resources.report.url.cors.allowedHeaders", answering(cors().allowed_headers(values(101))))
            .refuses("resources.report.url.cors.exposedResponseHeaders", answering(cors().exposed_response_headers(values(101))))
            .takes(answering(cors().allowed_origins(values(100)).allowed_headers(values(100)))),
        rule("function::cors_credentials")
            .warns("resources.report.url.cors.allowCredentials", answering(cors().allow_credentials(true)))
            .saying(
                "found credentials for every origin, expected origins to be written out",
                "call `.allowed_origin(\"https://example.com\")`, or leave out `.allow_credentials(true)`",
            )
            .warns("resources.report.url.cors.allowCredentials", answering(cors().allowed_origin("*").allow_credentials(true)))
            .takes(answering(cors().allow_credentials(false)))
            .takes(answering(cors().allowed_origin("https://example.com").allow_credentials(true))),
        rule("function::cors_method")
            .refuses("resources.report.url.cors.allowedMethods[0]", answering(cors().allowed_method(Method::Options)))
            .saying("found the method `OPTIONS`, expected one that pages call", "leave it out: Lambda answers preflight requests itself")
            .takes(answering(cors().allowed_methods([Method::Any, Method::Get, Method::Head, Method::Patch]))),
    ]
}

fn of_destinations() -> Vec<Rule> {
    let failing = |arn: &str| one(function().destinations(Destinations::new().on_failure(arn)));
    let queue = |fifo| SqsQueue::builder("failed").fifo_enabled(fifo).build();
    let bucket = || Bucket::builder("results").build();
    let to = |receiver: &Resource, destinations: Destinations| {
        let mut stack = one(function().destinations(destinations));
        stack.add(receiver.clone());
        stack
    };
    let to_queue = |fifo| to(&queue(fifo).into(), Destinations::new().on_failure(queue(fifo).arn()));
    let to_topic = |fifo| {
        let topic = SnsTopic::builder("done").fifo_enabled(fifo).build();
        let arn = topic.arn();
        to(&topic.into(), Destinations::new().on_success(arn))
    };
    vec![
        rule("function::destination")
            .refuses("resources.report.destinations.onFailure", failing("failed"))
            .saying("found the destination `failed`, expected the ARN of a queue, topic, bus or function, or, of what failed, a bucket", "write an ARN such as `queue.arn()`")
            .refuses("resources.report.destinations.onFailure", failing("arn:aws:sqs:eu-west-1:123456789012:failed.fifo"))
            .refuses(
                "resources.report.destinations.onSuccess",
                one(function().destinations(Destinations::new().on_success("arn:aws:s3:::results"))),
            )
            .refuses("resources.report.destinations.onFailure", failing("arn:aws:s3:::results/failed"))
            .refuses("resources.report.destinations.onFailure", to(&queue(false).into(), Destinations::new().on_failure(queue(false).url())))
            .refuses("resources.report.destinations.onSuccess", to(&bucket().into(), Destinations::new().on_success(bucket().arn())))
            .takes(to(&bucket().into(), Destinations::new().on_failure(bucket().arn())))
            .takes(failing("arn:aws:s3:::results"))
            .takes(failing("arn:aws:sqs:eu-west-1:123456789012:failed"))
            .takes(failing("arn:aws:lambda:eu-west-1:123456789012:function:failed:live"))
            .takes(failing("arn:aws:events:eu-west-1:123456789012:event-bus/results"))
            .takes(failing("arn:aws-cn:sns:cn-north-1:123456789012:results")),
        rule("function::fifo_destination")
            .refuses("resources.report.destinations.onFailure", to_queue(true))
            .saying(
                "found the destination `failed`, which is FIFO, expected a standard queue or topic",
                "leave `fifo_enabled` out of it, or take another one",
            )
            .refuses("resources.report.destinations.onSuccess", to_topic(true))
            .takes(to_queue(false))
            .takes(to_topic(false)),
    ]
}

fn of_services() -> Vec<Rule> {
    let connected = |balancing: PrivateLoadBalancing, joins| {
        let service = PrivateService::builder("inside", Fargate::new(Cpu::Half, Memory::gib(1)), Image::prebuilt("nginx:1.29"));
        let service = service.load_balancing(balancing).build();
        let mut stack = one(function().connect_to(&service).join_default_vpc(joins));
        stack.add(service);
        stack
    };
    let by_balancer = || PrivateLoadBalancing::application_load_balancer().into();
    vec![
        rule("function::service_connect")
            .warns("resources.report.connectTo[0]", connected(PrivateLoadBalancing::service_connect().into(), true))
            .saying(
                "found the private service `inside`, which only containers find, expected a service behind a load balancer",
                "let it have `.load_balancing(PrivateLoadBalancing::application_load_balancer())`, and write `.join_default_vpc(true)` here",
            )
            .takes(connected(by_balancer(), true)),
        rule("function::outside_vpc")
            .warns("resources.report.connectTo[0]", connected(by_balancer(), false))
            .saying(
                "found the private service `inside`, which is reached in the VPC alone, expected the function to be there",
                "write `.join_default_vpc(true)`",
            )
            .takes(connected(by_balancer(), true)),
    ]
}

fn of_schedules() -> Vec<Rule> {
    let at = |schedule: &str| one(function().event(ScheduleEvent::new(schedule)));
    let mut rule = rule("schedule::expression")
        .refuses("resources.report.events[0].scheduleRate", at("every day"))
        .saying(
            "found the schedule `every day`, expected `rate(5 minutes)` or `cron(0 2 * * ? *)`",
            "write a rate such as `rate(1 hour)`, or times in UTC such as `cron(0 2 * * ? *)`: every day at two",
        );
    for refused in [
        "rate(0 minutes)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(05 minutes)",
        "rate(5  minutes)",
        "rate(5 seconds)",
        "rate(-1 days)",
        "rate(2 weeks)",
        "cron(0 2 * * ?)",
        "cron(0 2 * * * *)",
        "cron(0 2 ? * ? *)",
        "cron(60 2 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 2 32 * ? *)",
        "cron(0 2 0 * ? *)",
        "cron(0 2 * 13 ? *)",
        "cron(0 2 * JANUARY ? *)",
        "cron(0 2 ? * 0 *)",
        "cron(0 2 ? * 2#6 *)",
        "cron(0 2 * * ? 1969)",
        "cron(0 2 * * ? 2200)",
        "cron(0/0 2 * * ? *)",
        "cron(L 2 * * ? *)",
        "cron(0 2 32W * ? *)",
        "cron(, 2 * * ? *)",
        "cron(0 2 * * ? *) ",
    ] {
        rule = rule.refuses("resources.report.events[0].scheduleRate", at(refused));
    }
    for taken in [
        "rate(1 minute)",
        "rate(2 minutes)",
        "rate(1 day)",
        "rate(36 hours)",
        "cron(0 0 * * ? *)",
        "cron(59 23 31 12 ? 2199)",
        "cron(0/5 8-17 ? * MON-FRI *)",
        "cron(0,30 * 1,15 jan,JUL ? 2027-2030)",
        "cron(0 18 L * ? *)",
        "cron(0 18 LW * ? *)",
        "cron(0 18 L-3 * ? *)",
        "cron(0 18 15W * ? *)",
        "cron(0 18 ? * 6L *)",
        "cron(0 18 ? * L *)",
        "cron(0 18 ? * FRI#2 *)",
        "cron(*/10 * ? * 1-7 1970)",
    ] {
        rule = rule.takes(at(taken));
    }
    vec![rule]
}

fn of_mounts() -> Vec<Rule> {
    const MOUNTS: &str = "resources.report.volumeMounts";
    let files = || EfsFilesystem::builder("files").build();
    let mounting = |joins: bool, mounts: Vec<EfsMount>| {
        let mut stack = one(function().join_default_vpc(joins).volume_mounts(mounts));
        stack.add(files());
        stack
    };
    let at = |path: &str| mounting(true, vec![VolumeMount::efs(&files(), path)]);
    let directory = |directory: &str| mounting(true, vec![VolumeMount::efs(&files(), "/mnt/data").root_directory(directory)]);
    let path = format!("{MOUNTS}[0].mountPath");
    vec![
        rule("function::too_many_mounts")
            .refuses(MOUNTS, mounting(true, vec![VolumeMount::efs(&files(), "/mnt/a"), VolumeMount::efs(&files(), "/mnt/b")]))
            .saying("found 2 mounted directories, expected one at most", "mount a directory that holds all of them")
            .takes(mounting(true, vec![VolumeMount::efs(&files(), "/mnt/a")])),
        rule("function::mount_path")
            .refuses(&path, at("/srv/data"))
            .saying(
                "found the mount path `/srv/data`, expected `/mnt/` and letters, digits and `-_.`, at most 160 characters",
                "write a path such as `/mnt/data`",
            )
            .refuses(&path, at("/mnt/a/b"))
            .refuses(&path, at(&format!("/mnt/{}", "a".repeat(156))))
            .takes(at(&format!("/mnt/{}", "a".repeat(155))))
            .takes(at("/mnt/a-b_c.d")),
        rule("function::mount_outside_vpc")
            .refuses(MOUNTS, mounting(false, vec![VolumeMount::efs(&files(), "/mnt/data")]))
            .saying("found a mounted directory of a function outside of the VPC, expected one inside", "add `.join_default_vpc(true)`")
            .takes(at("/mnt/data")),
        rule("volume_mount::root_directory")
            .refuses(&format!("{MOUNTS}[0].rootDirectory"), directory("data"))
            .takes(directory("/data")),
    ]
}
