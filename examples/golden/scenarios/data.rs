//! Resources that hold data, and messages.

use serde_json::json;
use stacktape::prelude::*;

/// A bucket with everything that it can have, beside one with nothing.
pub(super) fn bucket(stack: &mut Stack, _target: &Target) {
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
    let assets = Bucket::builder("assets").build();
    let reports = AccessPolicyStatement::allow(["s3:GetObject"], json!({"AWS": "123456789012"}))
        .sid("Reports")
        .resource(Text::joined([assets.arn(), "/reports/*".into()]))
        .condition(json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}));
    let kept = AccessPolicyStatement::deny(["s3:DeleteObject"], "*");
    stack.add(Bucket::builder("assets").accessibility(BucketAccessibility::builder().access_policy_statements([reports, kept])));
    let read = BucketAccessibility::builder().accessibility_mode(AccessibilityMode::PublicRead);
    stack.add(Bucket::builder("site").accessibility(read));
    let write = BucketAccessibility::builder().accessibility_mode(AccessibilityMode::PublicReadWrite);
    stack.add(Bucket::builder("dropBox").accessibility(write));
}

/// Queues, topics, buses, streams and tables, plain and with what they can have, and a workload that is connected to all of them.
pub(super) fn sources(stack: &mut Stack, _target: &Target) {
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
