//! The stacks that golden templates are kept of, and that the judges deploy: the examples, and what they leave out.

use serde_json::json;
use stacktape::cfn::{Id, sns};
use stacktape::prelude::*;

#[path = "../load_balancer.rs"]
mod load_balancer;
#[path = "../quickstart.rs"]
mod quickstart;
#[path = "../service_connect.rs"]
mod service_connect;
#[path = "../two_containers.rs"]
mod two_containers;

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
    Scenario { name: "balancing", describe: balancing, change: |stack, target| tagged(stack, target, balancing), retains: 0 },
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
    Scenario { name: "sources", describe: sources, change: |stack, target| grown(stack, target, sources), retains: 0 },
    Scenario { name: "access", describe: access, change: |stack, target| grown(stack, target, access), retains: 0 },
];

/// Builds a scenario's stack.
pub fn stack(scenario: &Scenario, describe: fn(&mut Stack, &Target)) -> (Stack, Target) {
    let target = Target::new(scenario.name.replace('_', "-"), "dev").project_directory(env!("CARGO_MANIFEST_DIR"));
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
        .logging(AccessLogs::Retained { format: AccessLogFormat::Clf, retention_days: 90 })
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
