//! How many run, and what they may reach.

use serde_json::json;
use stacktape::prelude::*;

use super::{Example, Form, MORE_MEMORY, mended};

pub(super) const EXAMPLES: &[Example] = &[
    Example {
        name: "scaling",
        describe: scaling,
        found: &[("reference::missing", "resources.myContainerWorkload.containers[0].events[0].httpApiGatewayName")],
        mended: &[("resources:\n  myContainerWorkload", "resources:\n  myApiGateway:\n    type: http-api-gateway\n  myContainerWorkload")],
    },
    Example {
        name: "connect_to",
        describe: connect_to,
        found: &[],
        // No such file: see `asset::entry_file_missing`.
        mended: &[("sr/index.ts", "src/index.ts")],
    },
    Example {
        name: "iam_role_statements",
        describe: iam_role_statements,
        found: &[("compute::fargate_size", "resources.myContainerWorkload.resources.memory")],
        mended: &[MORE_MEMORY],
    },
];

fn scaling(stack: &mut Stack, form: Form) {
    let gateway = HttpApiGateway::builder("myApiGateway").build();
    let first =
        Container::builder("container-1", Image::buildpack("src/cont1/index.ts")).event(HttpApiEvent::new(&gateway, Method::Any, "*", 80));
    let second = Container::builder("container-2", Image::buildpack("src/cont1/index.ts")).event(WorkloadInternalEvent::new(3000));
    if form == Form::Mended {
        stack.add(gateway);
    }
    stack.add(
        MultiContainerWorkload::builder("myContainerWorkload", Fargate::new(Cpu::Half, Memory::gib(1)))
            .container(first)
            .container(second)
            .scaling(Scaling::between(1, 5).keep_avg_memory_utilization_under(80).keep_avg_cpu_utilization_under(80)),
    );
}

fn connect_to(stack: &mut Stack, form: Form) {
    let photos = Bucket::builder("photosBucket").build();
    let workload = MultiContainerWorkload::builder("myContainerWorkload", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(Container::builder("apiContainer", Image::buildpack(form.choose("sr/index.ts", "src/index.ts"))))
        .connect_to(&photos)
        .connect_to(AwsService::Ses);
    stack.add(photos).add(workload);
}

fn iam_role_statements(stack: &mut Stack, form: Form) {
    let topic = RawResource::new("NotificationTopic", "AWS::SNS::Topic");
    stack.add(
        MultiContainerWorkload::builder("myContainerWorkload", form.two_cpus())
            .container(Container::builder("apiContainer", Image::buildpack("server/index.ts")))
            .iam_role_statement(Statement::allow(["sns:Publish"], [topic.reference()])),
    );
    stack.add_raw(topic);
}

#[test]
fn instances_are_added_above_either_average_and_removed_below_both() {
    let resources = mended("scaling")["Resources"].clone();
    let target = &resources["MyContainerWorkloadScalableTarget"]["Properties"];
    assert_eq!((&target["MinCapacity"], &target["MaxCapacity"]), (&json!(1), &json!(5)));
    let policy = |id: &str| {
        let tracking = &resources[id]["Properties"]["TargetTrackingScalingPolicyConfiguration"];
        (tracking["PredefinedMetricSpecification"]["PredefinedMetricType"].clone(), tracking["TargetValue"].as_f64())
    };
    assert_eq!(policy("MyContainerWorkloadCpuScalingPolicy"), (json!("ECSServiceAverageCPUUtilization"), Some(80.0)));
    assert_eq!(policy("MyContainerWorkloadMemoryScalingPolicy"), (json!("ECSServiceAverageMemoryUtilization"), Some(80.0)));
    assert!(resources["MyContainerWorkloadService"]["Properties"].get("DesiredCount").is_none());
}

#[test]
fn the_bucket_is_named_to_the_container_and_both_may_be_used() {
    let resources = mended("connect_to")["Resources"].clone();
    let variables = resources["MyContainerWorkloadTaskDefinition"]["Properties"]["ContainerDefinitions"][0]["Environment"].clone();
    let bucket = "PhotosBucketBucket";
    assert_eq!(
        variables,
        json!([
            // What the image of TypeScript needs.
            {"Name": "NODE_OPTIONS", "Value": "--enable-source-maps --experimental-require-module --experimental-detect-module"},
            {"Name": "STP_PHOTOS_BUCKET_NAME", "Value": {"Ref": bucket}},
            {"Name": "STP_PHOTOS_BUCKET_ARN", "Value": {"Fn::GetAtt": [bucket, "Arn"]}},
        ])
    );
    let policies = resources["MyContainerWorkloadTaskRole"]["Properties"]["Policies"].to_string();
    for action in ["ses:*", "s3:ListBucket", "s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:PutObjectTagging"] {
        assert!(policies.contains(&format!("\"{action}\"")), "no `{action}` in {policies}");
    }
}

#[test]
fn a_statement_reaches_a_raw_topic() {
    let role = mended("iam_role_statements")["Resources"]["MyContainerWorkloadTaskRole"].clone();
    assert_eq!(
        role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"],
        json!([{"Effect": "Allow", "Action": ["sns:Publish"], "Resource": [{"Ref": "NotificationTopic"}]}])
    );
}
