//! What workloads have and may reach.

use serde_json::json;
use stacktape::cfn::{Id, sns};
use stacktape::prelude::*;

/// A workload with a GPU beside one on Fargate, both behind the same gateway and load balancer, and the first one behind a name.
pub(super) fn engines(stack: &mut Stack, _target: &Target) {
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

/// Two workloads and a function that share a file system, one of them in private subnets; another file system with what it can have.
pub(super) fn storage(stack: &mut Stack, _target: &Target) {
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
    let index = Function::builder("index", Package::artifact("examples/apps/notify", "index:handler"))
        .runtime(Runtime::NodeJs24)
        .join_default_vpc(true)
        .mount(uploads("/mnt/uploads"));
    stack.nat_availability_zones(NatAvailabilityZones::One).output(Output::new("filesArn", files.arn()));
    stack.add(web).add(worker).add(index).add(files).add(archive);
}

/// Numbers of instances: always the same, changed by one target of the user's, and by everything that there is.
pub(super) fn scaling(stack: &mut Stack, _target: &Target) {
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
pub(super) fn log_forwarding(stack: &mut Stack, _target: &Target) {
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

/// Everything that a workload may reach, be told and be denied; raw resources, typed and untyped; overrides.
pub(super) fn access(stack: &mut Stack, _target: &Target) {
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
