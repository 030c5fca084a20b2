//! The stacks that golden templates are kept of, and that the judges deploy: the examples, and what they leave out.

use std::path::{Path, PathBuf};

use serde_json::json;
use stacktape::cfn::{Id, sns};
use stacktape::prelude::*;

#[path = "../ec2.rs"]
mod ec2;
#[path = "../load_balancer.rs"]
mod load_balancer;
#[path = "../packaging.rs"]
mod packaging;
#[path = "../quickstart.rs"]
mod quickstart;
#[path = "../service_connect.rs"]
mod service_connect;
#[path = "../two_containers.rs"]
mod two_containers;
#[path = "../web_private_worker.rs"]
mod web_private_worker;

/// A stack, and how it changes in an update.
#[derive(Clone, Copy)]
pub struct Scenario {
    pub name: &'static str,
    pub describe: fn(&mut Stack, &Target),
    pub change: fn(&mut Stack, &Target),
    /// How many buckets stay when the stack is deleted, since they are to be retained.
    #[allow(dead_code)] // the judges alone read it
    pub retains: usize,
}

pub const ALL: &[Scenario] = &[
    Scenario { name: "quickstart", describe: quickstart::describe, change: quickstart_changed, retains: 0 },
    Scenario {
        name: "two_containers",
        describe: two_containers::describe,
        change: |stack, target| tagged(stack, target, two_containers::describe),
        retains: 0,
    },
    Scenario {
        name: "service_connect",
        describe: service_connect::describe,
        change: |stack, target| grown(stack, target, service_connect::describe),
        retains: 0,
    },
    Scenario {
        name: "load_balancer",
        describe: load_balancer::describe,
        change: |stack, target| grown(stack, target, load_balancer::describe),
        retains: 0,
    },
    Scenario { name: "ec2", describe: ec2::describe, change: ec2_changed, retains: 0 },
    Scenario { name: "engines", describe: engines, change: |stack, target| grown(stack, target, engines), retains: 0 },
    Scenario {
        name: "packaging",
        describe: packaging::describe,
        change: |stack, target| tagged(stack, target, packaging::describe),
        retains: 0,
    },
    Scenario { name: "balancing", describe: balancing, change: |stack, target| tagged(stack, target, balancing), retains: 0 },
    Scenario {
        name: "web_private_worker",
        describe: web_private_worker::describe,
        change: |stack, target| grown(stack, target, web_private_worker::describe),
        retains: 0,
    },
    Scenario { name: "services", describe: services, change: |stack, target| tagged(stack, target, services), retains: 0 },
    Scenario { name: "passing", describe: passing, change: |stack, target| tagged(stack, target, passing), retains: 0 },
    Scenario { name: "domains", describe: domains, change: |stack, target| tagged(stack, target, domains), retains: 0 },
    Scenario { name: "bucket", describe: bucket, change: |stack, target| grown(stack, target, bucket), retains: 1 },
    Scenario { name: "gateway", describe: gateway, change: |stack, target| tagged(stack, target, gateway), retains: 0 },
    Scenario {
        name: "private_network",
        describe: private_network,
        change: |stack, target| grown(stack, target, private_network),
        retains: 0,
    },
    Scenario { name: "reused_vpc", describe: reused_vpc, change: |stack, target| grown(stack, target, reused_vpc), retains: 0 },
    Scenario { name: "storage", describe: storage, change: |stack, target| grown(stack, target, storage), retains: 0 },
    Scenario { name: "log_forwarding", describe: log_forwarding, change: |stack, target| grown(stack, target, log_forwarding), retains: 0 },
    Scenario { name: "authorizers", describe: authorizers, change: |stack, target| grown(stack, target, authorizers), retains: 0 },
    Scenario { name: "scaling", describe: scaling, change: |stack, target| grown(stack, target, scaling), retains: 0 },
    Scenario { name: "sources", describe: sources, change: |stack, target| grown(stack, target, sources), retains: 0 },
    Scenario { name: "batch_job", describe: batch_job, change: |stack, target| tagged(stack, target, batch_job), retains: 0 },
    Scenario { name: "access", describe: access, change: |stack, target| grown(stack, target, access), retains: 0 },
];

/// The directory of a scenario's sources: one of its own, or else that of all.
pub fn project(scenario: &str) -> PathBuf {
    let all = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = all.join("examples/apps").join(scenario);
    if own.is_dir() { own } else { all.to_owned() }
}

/// Builds a scenario's stack.
pub fn stack(scenario: &Scenario, describe: fn(&mut Stack, &Target)) -> (Stack, Target) {
    let target = Target::new(scenario.name.replace('_', "-"), "dev").project_directory(project(scenario.name));
    let mut stack = Stack::new(&target.project, &target.stage);
    describe(&mut stack, &target);
    (stack, target)
}

/// An update that touches every resource, and adds one. Not for stacks with buckets: the local double of AWS (moto 5.2.5) cannot
/// change the tags of a bucket whose name it chose itself.
fn tagged(stack: &mut Stack, target: &Target, describe: fn(&mut Stack, &Target)) {
    describe(stack, target);
    stack.tag("release", "2").add(Bucket::builder("addedLater"));
}

/// An update that adds a bucket and a workload that reads it.
fn grown(stack: &mut Stack, target: &Target, describe: fn(&mut Stack, &Target)) {
    describe(stack, target);
    let added = Bucket::builder("addedLater").build();
    let reader = MultiContainerWorkload::builder("reader", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")))
        .connect_to(&added);
    stack.output(Output::new("addedLaterName", added.bucket_name()));
    stack.add(reader).add(added);
}

/// The quickstart a release later: more instances, another route, no bucket any more.
fn quickstart_changed(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("mainGateway").cors(HttpApiCors::builder()).build();
    let api = MultiContainerWorkload::builder("apiServer", Fargate::new(Cpu::One, Memory::gib(4)))
        .container(
            Container::builder("api-container", Image::dockerfile("examples/apps/api"))
                .env("PORT", 3000)
                .env("RELEASE", 2)
                .event(HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", 3000))
                .event(HttpApiEvent::new(&gateway, Method::Get, "/photos/{id}", 3000)),
        )
        .scaling(Scaling::between(2, 8).keep_avg_memory_utilization_under(60))
        .build();
    stack.output(Output::new("url", gateway.url()));
    stack.add(gateway).add(api);
}

/// The shop on larger instances without a reserve, the worker on Fargate, and a third workload on instances of its own.
fn ec2_changed(stack: &mut Stack, _target: &Target) {
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let backend = |name: &str| Container::builder(name, Image::dockerfile("examples/apps/backend")).env("PORT", 80);
    let shop = MultiContainerWorkload::builder("shop", Ec2::new(["c5.xlarge", "c5a.xlarge"]))
        .container(backend("web").event(ApplicationLoadBalancerEvent::new(&main, 80, 1).listener_port(80).path("*")))
        .scaling(Scaling::fixed(2));
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Half, Memory::gib(1))).container(backend("main"));
    let reports = MultiContainerWorkload::builder("reports", Ec2::new(["t3.small"])).container(backend("main"));
    stack.add(main).add(shop).add(worker).add(reports);
}

/// A workload with a GPU beside one on Fargate, both behind the same gateway and load balancer, and the first one behind a name.
fn engines(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("gateway").build();
    let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
    let results = Bucket::builder("results").build();
    let nginx = || Image::prebuilt("public.ecr.aws/nginx/nginx:1.29");
    let models = MultiContainerWorkload::builder("models", Ec2::new(["g5.xlarge"]))
        .container(
            Container::builder("infer", nginx())
                .gpu(1)
                .env("TOKEN", Secret::new("apiKey"))
                // A variable of one's own stays, also where EC2 would bring it.
                .env("AWS_REGION", "us-east-1")
                .event(HttpApiEvent::new(&gateway, Method::Get, "/models/{id}", 8080))
                .event(ServiceConnectEvent::new(9000).alias("models").protocol(ServiceConnectProtocol::Http))
                .event(ApplicationLoadBalancerEvent::new(&inside, 8080, 1).path("/models/*")),
        )
        .enable_remote_sessions(true)
        .connect_to(&results);
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", nginx())
            .event(HttpApiEvent::new(&gateway, Method::Any, "*", 80))
            .event(ApplicationLoadBalancerEvent::new(&inside, 80, 2).path("*")),
    );
    stack.add(gateway).add(inside).add(models).add(web).add(results);
}

/// A bucket with everything that it can have, beside one with nothing.
fn bucket(stack: &mut Stack, _target: &Target) {
    let rule = |action| LifecycleRule::new(action);
    stack.add(Bucket::builder("plain"));
    stack.add(
        Bucket::builder("full")
            .versioning(true)
            .encryption(true)
            .enable_event_bus_notifications(true)
            .removal_policy(RemovalPolicy::Retain)
            .cors(
                BucketCors::builder().rule(
                    CorsRule::builder()
                        .allowed_origin("https://example.com")
                        .allowed_header("Authorization")
                        .allowed_methods([S3Method::Get, S3Method::Put])
                        .exposed_response_header("ETag")
                        .max_age(600_u32),
                ),
            )
            .lifecycle_rules([
                rule(LifecycleAction::Expiration { days_after_upload: 365 }).prefix("logs/").tag("keep", "short"),
                rule(LifecycleAction::NonCurrentVersionExpiration { days_after_versioned: 30 }),
                rule(LifecycleAction::ClassTransition { days_after_upload: 90, storage_class: StorageClass::Glacier }),
                rule(LifecycleAction::NonCurrentVersionClassTransition {
                    days_after_versioned: 30,
                    storage_class: StorageClass::StandardIa,
                }),
                rule(LifecycleAction::AbortIncompleteMultipartUpload { days_after_initiation: 7 }),
            ]),
    );
    stack.add(Bucket::builder("browsers").cors(BucketCors::builder()));
}

/// Two gateways in front of two workloads, every option of a gateway, three availability zones.
fn gateway(stack: &mut Stack, _target: &Target) {
    let public = HttpApiGateway::builder("publicApi")
        .cors(
            HttpApiCors::builder()
                .allowed_origins(["https://example.com", "http://localhost:8080"])
                .allowed_header("Authorization")
                .allowed_methods([Method::Get, Method::Post])
                .allow_credentials(true)
                .exposed_response_header("ETag")
                .max_age(600),
        )
        .logging(AccessLogs::retained(90).format(AccessLogFormat::Clf))
        .build();
    let admin = HttpApiGateway::builder("adminApi").cors(HttpApiCors::builder()).logging(AccessLogs::Disabled).build();
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
                .event(HttpApiEvent::new(&public, Method::Any, "*", 80))
                .event(HttpApiEvent::new(&admin, Method::Get, "/shop/{id}", 80)),
        )
        .scaling(Scaling::fixed(2));
    let billing = MultiContainerWorkload::builder("billing", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(HttpApiEvent::new(&public, Method::Post, "/bills", 8080))
            .event(HttpApiEvent::new(&admin, Method::Get, "/bills/{rest+}", 8080)),
    );
    stack.availability_zones(AvailabilityZones::Three);
    stack.add(shop).add(billing).add(public).add(admin);
}

/// Two load balancers with what they can have, but for certificates, which the local double of AWS would look up: ranges, redirects,
/// every condition, an inner one with a URL.
fn balancing(stack: &mut Stack, _target: &Target) {
    let moved = Redirect::builder(RedirectStatus::Temporary).host("old.#{host}").path("/from/#{path}").query("moved=1&#{query}");
    let public = ApplicationLoadBalancer::builder("public")
        .listener(Listener::http(80).default_action(Redirect::to_https()))
        .listener(Listener::http(81))
        .listener(Listener::http(8080).whitelist_ips(["203.0.113.7", "10.0.0.0/8", "2001:db8::/32"]).default_action(moved))
        .build();
    let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
    let event = ApplicationLoadBalancerEvent::new;
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .env("INSIDE", inside.url())
            .internal_health_check(InternalHealthCheck::shell("curl -f http://localhost/ || exit 1").start_period_seconds(120))
            .load_balancer_health_check(LoadBalancerHealthCheck::builder().protocol(HealthCheckProtocol::Http).port(8081))
            .event(event(&public, 80, 1).listener_port(81).path("/shop/*"))
            .event(
                event(&public, 80, 2)
                    .listener_port(81)
                    .host("*.example.com")
                    .header("X-Version", ["2.*"])
                    .query_param("preview", ["yes"])
                    .source_ip("203.0.113.7"),
            )
            .event(event(&inside, 80, 1).path("*"))
            .event(event(&inside, 9000, 2).method(Method::Post)),
    );
    stack.add(public).add(inside).add(shop);
}

/// Three zones of private subnets behind two NAT gateways, past which a bucket is reached, and the VPC exported for other stacks.
fn private_network(stack: &mut Stack, _target: &Target) {
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let photos = Bucket::builder("photos").build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(ApplicationLoadBalancerEvent::new(&main, 80, 1).listener_port(80).path("*")),
    );
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")).event(ServiceConnectEvent::new(9000)),
        )
        .use_private_subnets_with_nat(true)
        .connect_to(&photos);
    stack.availability_zones(AvailabilityZones::Three).nat_availability_zones(NatAvailabilityZones::Two).export_vpc();
    stack.add(main).add(photos).add(web).add(worker);
}

/// Two workloads that share a file system, one of them in private subnets; another file system with what it can have.
fn storage(stack: &mut Stack, _target: &Target) {
    let files = EfsFilesystem::builder("files").build();
    let archive = EfsFilesystem::builder("archive")
        .backup_enabled(true)
        .throughput_mode(ThroughputMode::Provisioned)
        .provisioned_throughput_in_mibps(1.5)
        .removal_policy(RemovalPolicy::Retain)
        .build();
    let uploads = |path: &str| VolumeMount::efs(&files, path).root_directory("/uploads");
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
                .env("FILES", files.id())
                .logging(ContainerLogs::Disabled)
                .mount(uploads("/usr/share/nginx/html"))
                .mount(VolumeMount::efs(&archive, "/srv/archive")),
        )
        .container(
            Container::builder("cleaner", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37"))
                .essential(false)
                .mount(uploads("/srv/uploads")),
        );
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37"))
                .mount(VolumeMount::efs(&files, "/srv/files")),
        )
        .use_private_subnets_with_nat(true);
    stack.nat_availability_zones(NatAvailabilityZones::One).output(Output::new("filesArn", files.arn()));
    stack.add(web).add(worker).add(files).add(archive);
}

/// A VPC that is there already: here by the ids of raw resources, so that the stack can be deployed by itself.
fn reused_vpc(stack: &mut Stack, _target: &Target) {
    let vpc = RawResource::new("Vpc", "AWS::EC2::VPC").property("CidrBlock", "10.1.0.0/16");
    let gateway = RawResource::new("Gateway", "AWS::EC2::InternetGateway");
    let attachment = RawResource::new("Attachment", "AWS::EC2::VPCGatewayAttachment")
        .property("VpcId", vpc.reference())
        .property("InternetGatewayId", gateway.reference());
    let table = RawResource::new("PrivateRoutes", "AWS::EC2::RouteTable").property("VpcId", vpc.reference());
    let subnet = |id: &str, zone: i32, block: &str| {
        RawResource::new(id, "AWS::EC2::Subnet")
            .property("VpcId", vpc.reference())
            .property("AvailabilityZone", json!({"Fn::Select": [zone, {"Fn::GetAZs": ""}]}))
            .property("CidrBlock", block)
    };
    let public = [subnet("PublicA", 0, "10.1.0.0/24"), subnet("PublicB", 1, "10.1.1.0/24")];
    let private = [subnet("PrivateA", 0, "10.1.2.0/24"), subnet("PrivateB", 1, "10.1.3.0/24")];
    stack.reuse_vpc(
        VpcIds::new(vpc.reference(), "10.1.0.0/16")
            .public_subnet_ids(public.iter().map(RawResource::reference))
            .private_subnet_ids(private.iter().map(RawResource::reference))
            .private_route_table_ids([table.reference()]),
    );
    let photos = Bucket::builder("photos").build();
    let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
    let gateway_api = HttpApiGateway::builder("api").build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(ApplicationLoadBalancerEvent::new(&inside, 80, 1).path("*"))
            .event(HttpApiEvent::new(&gateway_api, Method::Any, "/{proxy+}", 80)),
    );
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")).event(ServiceConnectEvent::new(9000)),
        )
        .use_private_subnets_with_nat(true)
        .connect_to(&photos);
    for raw in [vpc, gateway, attachment, table].into_iter().chain(public).chain(private) {
        stack.add_raw(raw);
    }
    stack.add(photos).add(inside).add(gateway_api).add(web).add(worker);
}

/// Routes for those who bring a token or whom a function lets pass, beside open ones, of two gateways and two workloads.
fn authorizers(stack: &mut Stack, _target: &Target) {
    let role = RawResource::new("CheckKeyRole", "AWS::IAM::Role").property(
        "AssumeRolePolicyDocument",
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
        ]}),
    );
    let check_key = RawResource::new("CheckKey", "AWS::Lambda::Function")
        .property("Runtime", "nodejs24.x")
        .property("Handler", "index.handler")
        .property("Role", role.get_att("Arn"))
        .property("Code", json!({"ZipFile": "exports.handler = async () => ({ isAuthorized: true });"}));
    let public = HttpApiGateway::builder("publicApi").cors(HttpApiCors::builder()).build();
    let partners = HttpApiGateway::builder("partnerApi").build();
    let users = || Authorizer::jwt("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI", "web").audience("phone");
    let keys = || Authorizer::lambda(check_key.get_att("Arn")).identity_source("$request.header.X-Api-Key");
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(HttpApiEvent::new(&public, Method::Any, "/{proxy+}", 80).authorizer(users()))
            .event(HttpApiEvent::new(&public, Method::Options, "/{proxy+}", 80))
            .event(HttpApiEvent::new(&public, Method::Get, "/catalogue", 80))
            .event(HttpApiEvent::new(&public, Method::Post, "/orders", 80).authorizer(users().scope("orders/write")))
            .event(HttpApiEvent::new(&partners, Method::Get, "/orders/{id}", 80).authorizer(keys().cache_result_seconds(300))),
    );
    let billing = MultiContainerWorkload::builder("billing", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(HttpApiEvent::new(&public, Method::Get, "/bills/{id}", 8080).authorizer(users().scopes(["bills/read", "bills/write"])))
            .event(
                HttpApiEvent::new(&public, Method::Post, "/hooks", 8080).authorizer(keys().identity_source("$context.identity.sourceIp")),
            )
            .event(HttpApiEvent::new(&partners, Method::Any, "*", 8080).authorizer(keys().iam_response(true)))
            .event(
                HttpApiEvent::new(&partners, Method::Get, "/me", 8080)
                    .authorizer(Authorizer::jwt("https://login.example.com/", "partners").identity_source("$request.querystring.token")),
            ),
    );
    stack.add_raw(role).add_raw(check_key);
    stack.add(shop).add(billing).add(public).add(partners);
}

/// Numbers of instances: always the same, changed by one target of the user's, and by everything that there is.
fn scaling(stack: &mut Stack, _target: &Target) {
    let scaled = |name, scaling| {
        MultiContainerWorkload::builder(name, Fargate::new(Cpu::Quarter, Memory::mib(512)))
            .container(Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29")))
            .scaling(scaling)
    };
    stack.add(scaled("fixed", Scaling::fixed(3)));
    stack.add(scaled("half", Scaling::between(1, 2).keep_avg_memory_utilization_under(70.5)));
    let whole = Scaling::between(2, 20).keep_avg_cpu_utilization_under(60).keep_avg_memory_utilization_under(75);
    stack.add(scaled("whole", whole.scale_in_cooldown(600).scale_out_cooldown(0)));
}

/// Logs of containers and of a gateway, forwarded to every service that there is.
fn log_forwarding(stack: &mut Stack, _target: &Target) {
    let busybox = |name| Container::builder(name, Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["sleep", "3600"]));
    let datadog = LogForwarding::datadog(Secret::new("logKeys").key("datadog"))
        .endpoint_url("https://aws-kinesis-http-intake.logs.datadoghq.eu/v1/input");
    let collector = LogForwarding::http_endpoint("https://logs.example.com/firehose?version=2")
        .access_key(Secret::new("arn:aws:secretsmanager:us-east-1:123456789012:secret:collector-AbCdEf").key("api_key"))
        .gzip_encoding_enabled(true)
        .parameter("team", "platform")
        .parameter("region", Fact::Region)
        .retry_duration(600);
    let api = MultiContainerWorkload::builder("api", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(busybox("datadog").logging(ContainerLogs::retained(30).forward_to(datadog)))
        .container(busybox("collector").logging(ContainerLogs::retained(7).forward_to(collector)))
        .container(busybox("kept"))
        .container(busybox("silent").logging(ContainerLogs::Disabled));
    let main = HttpApiGateway::builder("main").logging(AccessLogs::retained(14).forward_to(LogForwarding::highlight("ab12cd34")));
    let whole = Text::joined(["https://logs.".into(), Fact::Region.into(), ".example.com".into()]);
    let plain = LogForwarding::http_endpoint(whole);
    stack.add(api).add(main).add(HttpApiGateway::builder("admin").logging(AccessLogs::retained(1).forward_to(plain)));
}

/// Services with everything that the example leaves out: load balancers in front of them, to which other workloads add rules, side
/// containers of both types, and an override that reaches what a service becomes.
fn services(stack: &mut Stack, _target: &Target) {
    let compute = Fargate::new(Cpu::Quarter, Memory::mib(512));
    let nginx = || Image::prebuilt("public.ecr.aws/nginx/nginx:1.29");
    let busybox = || Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["sleep", "3600"]);
    let check = LoadBalancerHealthCheck::builder().path("/healthz").interval_seconds(10).timeout_seconds(5);
    let shop = WebService::builder("shop", compute, nginx())
        .load_balancing(WebLoadBalancing::application_load_balancer().health_check(check))
        .internal_health_check(InternalHealthCheck::shell("curl -f http://localhost:3000/ || exit 1").start_period_seconds(90))
        .scaling(Scaling::between(1, 4))
        .stop_timeout(20)
        .enable_remote_sessions(true)
        .side_container(SideContainer::run_on_init(Container::builder("migrate", busybox())))
        .side_container(SideContainer::always_running(Container::builder("cache", busybox()).essential(false)))
        .side_container(SideContainer::always_running(
            Container::builder("watcher", busybox()).depends_on_container("service-container", Condition::Healthy),
        ))
        .override_with(Override::new("ShopLoadBalancer", "IpAddressType", "ipv4"))
        .build();
    let api = WebService::builder("api", compute, nginx()).logging(ContainerLogs::retained(7)).build();
    let prices = PrivateService::builder("prices", compute, nginx())
        .port(8080)
        .load_balancing(PrivateLoadBalancing::application_load_balancer())
        .build();
    let greeter = PrivateService::builder("greeter", compute, nginx())
        .port(50051)
        .load_balancing(PrivateLoadBalancing::service_connect().protocol(ServiceConnectProtocol::Grpc))
        .build();
    let extras = MultiContainerWorkload::builder("extras", compute)
        .container(
            Container::builder("web", nginx())
                .env("GREETER", greeter.address())
                .event(ApplicationLoadBalancerEvent::new(shop.load_balancer(), 80, 1).path("/extras/*"))
                .event(ApplicationLoadBalancerEvent::new(prices.load_balancer(), 80, 1).listener_port(8080).path("/extras/*"))
                .event(HttpApiEvent::new(api.http_api_gateway(), Method::Get, "/extras", 80)),
        )
        .connect_to(&prices)
        .connect_to(&api);
    stack.output(Output::new("shopUrl", shop.url())).output(Output::new("apiUrl", api.url()));
    stack.add(extras).add(shop).add(api).add(prices).add(greeter);
}

/// Two network load balancers, one of the internet at two ports and an inner one, in front of a workload that is behind an application
/// load balancer too.
fn passing(stack: &mut Stack, _target: &Target) {
    let broker = NetworkLoadBalancer::builder("broker")
        .listener(NetworkListener::tcp(1883).whitelist_ips(["203.0.113.0/24", "2001:db8::/32"]))
        .listener(NetworkListener::tcp(8883))
        .build();
    let inside = NetworkLoadBalancer::builder("inside").interface(Interface::Internal).listener(NetworkListener::tcp(9001)).build();
    let console = ApplicationLoadBalancer::builder("console").listener(Listener::http(80)).build();
    let mosquitto = MultiContainerWorkload::builder("mosquitto", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("broker", Image::prebuilt("public.ecr.aws/docker/library/eclipse-mosquitto:2"))
                .load_balancer_health_check(LoadBalancerHealthCheck::builder().interval_seconds(10).timeout_seconds(5))
                .event(NetworkLoadBalancerEvent::new(&broker, 1883, 1883))
                .event(NetworkLoadBalancerEvent::new(&broker, 8883, 1883)),
        )
        .container(
            Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
                .env("BROKER", broker.domain())
                .load_balancer_health_check(
                    LoadBalancerHealthCheck::builder().path("/healthz").protocol(HealthCheckProtocol::Http).port(8081),
                )
                .event(NetworkLoadBalancerEvent::new(&inside, 9001, 80))
                .event(ApplicationLoadBalancerEvent::new(&console, 80, 1).listener_port(80).path("*")),
        )
        .scaling(Scaling::fixed(2));
    stack.output(Output::new("inside", inside.canonical_domain()));
    stack.add(broker).add(inside).add(console).add(mosquitto);
}

/// Domains in front of everything that can have some: with certificates that are issued or given, with records or without, in a hosted
/// zone of the stack and in one that is there already.
fn domains(stack: &mut Stack, _target: &Target) {
    const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000";
    let zone = RawResource::new("Zone", "AWS::Route53::HostedZone").property("Name", "example.com");
    let domain = |name: &str| CustomDomain::builder(name).hosted_zone_id(zone.reference());
    let shop = ApplicationLoadBalancer::builder("shop")
        .custom_domain(domain("shop.example.com"))
        .custom_domain(domain("*.shop.example.com"))
        .build();
    let broker = NetworkLoadBalancer::builder("broker")
        .custom_domain(domain("broker.example.com").custom_certificate_arn(CERTIFICATE))
        .listener(NetworkListener::tls_for_domains(8883))
        .listener(NetworkListener::tcp(1883))
        .build();
    let orders = HttpApiGateway::builder("orders")
        .custom_domain(CustomDomain::builder("Orders.example.org").hosted_zone_id("Z0123456789ABCDEFGHIJ"))
        .custom_domain(CustomDomain::builder("orders.example.net").custom_certificate_arn(CERTIFICATE).disable_dns_record_creation(true))
        .build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .env("SHOP", shop.url())
            .env("SHOP_PORT", shop.listener_port(443))
            .env("BROKER", Text::joined([broker.custom_domain_list(), ":".into(), broker.listener_port(8883)]))
            .env("ORDERS", orders.url())
            .event(ApplicationLoadBalancerEvent::new(&shop, 80, 1).path("*"))
            .event(NetworkLoadBalancerEvent::new(&broker, 8883, 1883))
            .event(NetworkLoadBalancerEvent::new(&broker, 1883, 1883))
            .event(HttpApiEvent::new(&orders, Method::Any, "/{proxy+}", 80)),
    );
    stack
        .output(Output::new("shopDomains", shop.custom_domain_list()))
        .output(Output::new("ordersUrl", orders.custom_domain_url()))
        .output(Output::new("ordersUrls", orders.custom_domain_urls()))
        .output(Output::new("ordersDomains", orders.custom_domain_list()))
        .output(Output::new("ordersCanonicalDomain", orders.canonical_domain()));
    stack.add_raw(zone);
    stack.add(shop).add(broker).add(orders).add(web);
}

/// Queues, topics, buses, streams and tables, plain and with what they can have, and a workload that is connected to all of them.
fn sources(stack: &mut Stack, _target: &Target) {
    let failed = SqsQueue::builder("failed").message_retention_period_seconds(1_209_600).build();
    let events = EventBus::builder("events").archivation(Archivation::builder().retention_days(90)).build();
    let placed = json!({"source": ["my.shop"], "detail-type": ["OrderPlaced"], "detail": {"total": [{"numeric": [">", 100]}]}});
    let jobs = SqsQueue::builder("jobs")
        .delay_messages_second(5)
        .max_message_size_bytes(65_536)
        .long_polling_seconds(20)
        .visibility_timeout_seconds(120)
        .redrive_policy(RedrivePolicy::to(&failed, 5))
        .event(EventBusEvent::new(&events, placed).input_path("$.detail").on_delivery_failure(&failed))
        .event(
            EventBusEvent::of_default_bus(json!({"source": ["aws.ecs"]})).input(json!({"kind": "task", "region": {"Ref": "AWS::Region"}})),
        )
        .policy_statement(
            PolicyStatement::allow(["sqs:SendMessage"], json!({"Service": "s3.amazonaws.com"}))
                .condition(json!({"StringEquals": {"aws:SourceAccount": "123456789012"}})),
        )
        .build();
    let payments = SqsQueue::builder("payments")
        .fifo_enabled(true)
        .fifo_high_throughput(true)
        .content_based_deduplication(true)
        .event(
            EventBusEvent::new(&events, json!({"detail-type": ["OrderPaid"]}))
                .input_transformer([("id", "$.detail.id")], "{\"order\": <id>}")
                .message_group_id("payments"),
        )
        .build();
    let news = SnsTopic::builder("news").sms_display_name("Shop").build();
    let ordered = SnsTopic::builder("orderedNews").fifo_enabled(true).content_based_deduplication(true).build();
    let audit = EventBus::builder("audit").build();
    let clicks = KinesisStream::builder("clicks").build();
    let key = Text::joined([
        "arn:".into(),
        Fact::Partition.into(),
        ":kms:".into(),
        Fact::Region.into(),
        ":123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab".into(),
    ]);
    let metrics = KinesisStream::builder("metrics")
        .capacity_mode(CapacityMode::Provisioned)
        .shard_count(2)
        .retention_period_hours(168)
        .encryption(StreamEncryption::builder().kms_key_arn(key))
        .enable_enhanced_fan_out(true)
        .build();
    let carts = DynamoDbTable::builder("carts", KeyAttribute::string("id")).build();
    let orders =
        DynamoDbTable::builder("orders", PrimaryKey::new(KeyAttribute::string("customer")).sort_key(KeyAttribute::number("orderedAt")))
            .provisioned_throughput(
                ProvisionedThroughput::new(5, 5)
                    .read_scaling(CapacityScaling::between(5, 100).keep_utilization_under(70))
                    .write_scaling(CapacityScaling::between(5, 50)),
            )
            .enable_point_in_time_recovery(true)
            .stream_type(StreamType::NewAndOldImages)
            .secondary_index(
                SecondaryIndex::new("byState", KeyAttribute::string("state"))
                    .sort_key(KeyAttribute::number("orderedAt"))
                    .projection("total"),
            )
            .secondary_index(SecondaryIndex::new("byReceipt", KeyAttribute::binary("receipt")))
            .build();
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37"))
                .env("JOBS", jobs.url())
                .env("CHANGES", orders.stream_arn())
                .env("ARCHIVE", events.archive_arn()),
        )
        .connect_to(&jobs)
        .connect_to(&failed)
        .connect_to(&payments)
        .connect_to(&news)
        .connect_to(&ordered)
        .connect_to(&events)
        .connect_to(&audit)
        .connect_to(&clicks)
        .connect_to(&metrics)
        .connect_to(&carts)
        .connect_to(&orders);
    stack.output(Output::new("jobsUrl", jobs.url()));
    stack.add(worker);
    stack.add(jobs).add(failed).add(payments).add(news).add(ordered).add(events).add(audit);
    stack.add(clicks).add(metrics).add(carts).add(orders);
}

/// Everything that a workload may reach, be told and be denied; raw resources, typed and untyped; overrides.
fn access(stack: &mut Stack, _target: &Target) {
    let topic = Id::<sns::Topic>::new("NotificationTopic");
    let queue = RawResource::new("Jobs", "AWS::SQS::Queue")
        .property("MessageRetentionPeriod", 345_600)
        .property("SqsManagedSseEnabled", true)
        .attribute("DeletionPolicy", "Delete")
        .attribute("UpdateReplacePolicy", "Delete");
    let photos = Bucket::builder("photos").versioning(true).override_with(Override::new(
        "PhotosBucket",
        "AccelerateConfiguration.AccelerationStatus",
        "Enabled",
    ));
    let photos = photos.build();
    let invoices = Bucket::builder("invoices").build();
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Half, Memory::gib(1)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["sleep", "3600"]))
                .env("QUEUE", queue.reference())
                .env("TOPIC", topic.att_topic_arn())
                .env("PHOTOS", Text::joined(["s3://".into(), photos.bucket_name(), "/".into()]))
                .env("REGION", Text::from(Fact::Region))
                .env("RATIO", 0.5)
                .env("VERBOSE", true)
                .env("WHOLE_SECRET", Secret::new("apiKey"))
                .env("ONE_KEY", Secret::new("dbSecret").key("password"))
                .logging(ContainerLogs::Disabled),
        )
        .container(
            Container::builder(
                "side",
                Image::prebuilt("registry.example.com/side:1")
                    .entry_point(["/bin/side"])
                    .repository_credentials_secret_arn("arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf"),
            )
            .essential(false)
            .depends_on_container("main", Condition::Start),
        )
        .connect_to(&photos)
        .connect_to(&invoices)
        .connect_to(AwsService::Ses)
        .iam_role_statement(Statement::allow(["sns:Publish"], [topic.reference()]).sid("Publish"))
        .iam_role_statement(Statement::allow(["sqs:SendMessage"], [queue.get_att("Arn")]))
        .iam_role_statement(
            Statement::deny(["s3:DeleteObject"], [Text::joined([photos.arn(), "/*".into()])])
                .condition(json!({"StringNotEquals": {"aws:PrincipalTag/role": "admin"}})),
        )
        .override_with(Override::new("WorkerService", "EnableExecuteCommand", true))
        .build();
    stack
        .tag("team", "platform")
        .output(Output::new("photosBucketName", photos.bucket_name()).description("Where photos are kept").export())
        .override_with(Override::new("StpVpc", "InstanceTenancy", "default"));
    stack.add_raw(queue).add_raw(topic.declare(sns::Topic::new().display_name("Orders").kms_master_key_id("alias/aws/sns")));
    stack.add(photos).add(invoices).add(worker);
}

/// Jobs on demand and on spare instances, with and without GPUs; attempts, secrets, connections.
fn batch_job(stack: &mut Stack, _target: &Target) {
    let uploads = Bucket::builder("uploads").build();
    let thumbnails = BatchJob::builder(
        "thumbnails",
        JobContainer::builder(Image::dockerfile("examples/apps/thumbnails").command(["--size", "640"]))
            .env("QUALITY", 85)
            .env("API_KEY", Secret::new("thumbnails").key("apiKey")),
        JobResources::builder(2_u16).memory(Memory::mib(3800)),
    )
    .timeout(3600_u32)
    .use_spot_instances(true)
    .retry_config(RetryConfig::builder().attempts(3_u16).retry_interval_seconds(60_u32).retry_interval_multiplier(2.0))
    .logging(ContainerLogs::retained(30))
    .connect_to(&uploads)
    .iam_role_statement(Statement::allow(["rekognition:DetectLabels"], ["*"]))
    .build();
    let training = BatchJob::builder(
        "training",
        JobContainer::builder(Image::prebuilt("public.ecr.aws/docker/library/python:3.14").command(["python", "-c", "print('trained')"])),
        JobResources::builder(8_u16).memory(Memory::mib(30_000)).gpu(1_u16),
    )
    .logging(ContainerLogs::Disabled)
    .connect_to(&thumbnails);
    let report = BatchJob::builder(
        "report",
        JobContainer::builder(Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["date"])),
        JobResources::builder(1_u16),
    );
    stack.add(uploads).add(thumbnails).add(training).add(report);
}
