//! Every code of documents and directives: a text that trips it, with the path and the place that are told, and one that does not.

use std::collections::BTreeSet;

use stacktape_model::report::Report;
use stacktape_model::stack::Stack;

use super::read;

struct Case {
    code: &'static str,
    path: &'static str,
    /// Line and column.
    place: (u32, u32),
    refused: &'static str,
    taken: &'static str,
}

fn case(code: &'static str, path: &'static str, place: (u32, u32), refused: &'static str, taken: &'static str) -> Case {
    Case { code, path, place, refused, taken }
}

/// A variable of a container, with whatever stands behind `value: `.
macro_rules! variable {
    ($value:literal) => {
        concat!(
            "resources:\n",
            "  photos: {type: bucket}\n",
            "  api:\n",
            "    type: multi-container-workload\n",
            "    properties:\n",
            "      resources: {cpu: 0.5, memory: 1024}\n",
            "      containers:\n",
            "        - name: web\n",
            "          packaging: {type: prebuilt-image, properties: {image: 'nginx:1.29'}}\n",
            "          environment:\n",
            "            - name: X\n",
            "              value: ",
            $value,
            "\n",
            "variables: {name: photos, loop: $Var().loop, list: [a, b]}\n",
        )
    };
}

/// Where a variable's value is told.
const VALUE: &str = "resources.api.containers[0].environment[0].value";
const VALUE_PLACE: (u32, u32) = (12, 22);

/// Where a bucket's name, key and properties stand.
macro_rules! bucket {
    ($properties:literal) => {
        concat!("resources:\n  photos:\n    type: bucket\n    properties: ", $properties, "\n")
    };
}

/// What a workload runs on.
macro_rules! engine {
    ($resources:literal) => {
        concat!("resources:\n  api:\n    type: multi-container-workload\n    properties: {containers: [], resources: ", $resources, "}\n")
    };
}

/// A rule of a load balancer, with these conditions.
macro_rules! rule {
    ($conditions:literal) => {
        concat!(
            "resources:\n  main: {type: application-load-balancer}\n  api:\n    type: multi-container-workload\n    properties:\n",
            "      resources: {cpu: 0.5, memory: 1024}\n      containers:\n",
            "        - {name: web, packaging: {type: prebuilt-image, properties: {image: a}}, events: [{type: application-load-balancer, ",
            "properties: {loadBalancerName: main, containerPort: 80, priority: 1, ",
            $conditions,
            "}}]}\n",
        )
    };
}

/// A web service, with whatever stands behind its image.
macro_rules! service {
    ($properties:literal) => {
        concat!(
            "resources:\n  api:\n    type: web-service\n    properties:\n",
            "      {resources: {cpu: 1, memory: 2048}, packaging: {type: prebuilt-image, properties: {image: a}}, ",
            $properties,
            "}\n",
        )
    };
}

fn cases() -> Vec<Case> {
    let mut cases = of_documents();
    cases.append(&mut of_directives());
    cases
}

fn of_documents() -> Vec<Case> {
    vec![
        case("document::syntax", "", (1, 12), "resources: [\n", "variables: []\n"),
        case("document::empty", "", (1, 1), "# nothing\n", "resources: {}\n"),
        case("document::second_document", "", (3, 1), "resources: {}\n---\nresources: {}\n", "---\nresources: {}\n...\n"),
        case(
            "document::duplicate_key",
            "",
            (4, 3),
            "resources:\n  a: {type: bucket}\n  b: {type: bucket}\n  a: {type: bucket}\n",
            "resources:\n  a: {type: bucket}\n  b: {type: bucket}\n",
        ),
        case("document::key_is_no_text", "", (1, 3), "? [a]\n: 1\n", "variables: {1: 2, true: 3}\n"),
        case("document::merge_of_no_map", "", (1, 17), "variables: {<<: 5}\n", "variables: {a: &a {b: 1}, c: {<<: *a}}\n"),
        case("document::alias_inside", "", (1, 19), "variables: &v {a: *v}\n", "variables: {a: &a [1], b: *a}\n"),
        case("document::tag", "", (1, 16), "variables: {a: !Ref b}\n", "variables: {a: !!str 5}\n"),
        case("document::huge_number", "", (1, 16), "variables: {a: 9223372036854775808}\n", "variables: {a: 9223372036854775807}\n"),
        case(
            "document::unknown_key",
            "resources.photos.versionning",
            (4, 18),
            bucket!("{versionning: true}"),
            bucket!("{versioning: true}"),
        ),
        case("document::missing_key", "resources.photos.cors", (4, 24), bucket!("{cors: {}}"), bucket!("{cors: {enabled: false}}")),
        case("document::wrong_type", "resources.photos.versioning", (4, 30), bucket!("{versioning: yes}"), bucket!("{versioning: true}")),
        case(
            "document::key_beside_other",
            "resources.jobs.redrivePolicy.targetSqsQueueArn",
            (2, 123),
            "resources:\n  jobs: {type: sqs-queue, properties: {redrivePolicy: {maxReceiveCount: 3, targetSqsQueueName: failed, targetSqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:failed'}}}\n",
            "resources:\n  jobs: {type: sqs-queue, properties: {redrivePolicy: {maxReceiveCount: 3, targetSqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:failed'}}}\n",
        ),
        case(
            "document::unknown_word",
            "resources.photos.removalPolicy",
            (4, 33),
            bucket!("{removalPolicy: keep}"),
            bucket!("{removalPolicy: retain}"),
        ),
        case(
            "document::not_connectable",
            "resources.api.connectTo[0]",
            (4, 117),
            "resources:\n  main: {type: http-api-gateway}\n  photos: {type: bucket}\n  api: {type: multi-container-workload, properties: {resources: {cpu: 1, memory: 2048}, containers: [], connectTo: [main]}}\n",
            "resources:\n  main: {type: http-api-gateway}\n  photos: {type: bucket}\n  api: {type: multi-container-workload, properties: {resources: {cpu: 1, memory: 2048}, containers: [], connectTo: [photos, 'aws:ses']}}\n",
        ),
        case(
            "document::forwarded_nowhere",
            "resources.main.logging.logForwarding",
            (1, 98),
            "resources: {main: {type: http-api-gateway, properties: {logging: {disabled: true, logForwarding: {type: highlight, properties: {projectId: a}}}}}}\n",
            "resources: {main: {type: http-api-gateway, properties: {logging: {disabled: false, logForwarding: {type: highlight, properties: {projectId: a}}}}}}\n",
        ),
        case(
            "document::empty_condition",
            "resources.api.containers[0].events[0].sourceIps",
            (8, 226),
            rule!("paths: ['/admin/*'], sourceIps: []"),
            rule!("paths: ['/admin/*'], sourceIps: [10.0.0.0/8]"),
        ),
        case(
            "document::only_on_fargate",
            "resources.api.resources.architecture",
            (4, 88),
            engine!("{instanceTypes: [c6g.large], architecture: arm64}"),
            engine!("{instanceTypes: [c6g.large]}"),
        ),
        case(
            "document::only_on_ec2",
            "resources.api.resources.enableWarmPool",
            (4, 84),
            engine!("{cpu: 1, memory: 2048, enableWarmPool: true}"),
            engine!("{cpu: 1, memory: 2048, enableWarmPool: false}"),
        ),
        case(
            "document::key_of_other_choice",
            "resources.api.cors",
            (5, 152),
            service!("loadBalancing: {type: application-load-balancer}, cors: {enabled: true}"),
            service!("loadBalancing: {type: http-api-gateway}, cors: {enabled: true}"),
        ),
        case("document::service_name", "serviceName", (1, 1), "serviceName: shop\nresources: {}\n", "resources: {}\n"),
    ]
}

fn of_directives() -> Vec<Case> {
    let value = |code, refused, taken| case(code, VALUE, VALUE_PLACE, refused, taken);
    vec![
        value("directive::unknown", variable!("$Stge()"), variable!("$Stage()")),
        value("directive::syntax", variable!("$Secret('a)"), variable!("'$Secret(''a) '")),
        value("directive::parameters", variable!("$ResourceParam('photos')"), variable!("$ResourceParam('photos', 'arn')")),
        value("directive::parameter", variable!("$Format($Region())"), variable!("$CfFormat('{}', $Region())")),
        value("directive::placeholders", variable!("$Format('{}-{}', 'a')"), variable!("$Format('{}-{}', 'a', 'b')")),
        value("directive::unknown_resource", variable!("$ResourceParam('photo', 'arn')"), variable!("$ResourceParam('photos', 'arn')")),
        value("directive::unknown_param", variable!("$ResourceParam('photos', 'url')"), variable!("$ResourceParam('photos', 'name')")),
        value("directive::unknown_path", variable!("$Var().nam"), variable!("$Var().list.1")),
        value("directive::too_deep", variable!("$Var().loop"), variable!("$Format('{}', $Format('{}', $Stage()))")),
        case(
            "directive::runtime_in_local_place",
            "resources.photos.lifecycleRules[0].prefix",
            (4, 95),
            bucket!("{lifecycleRules: [{type: expiration, properties: {daysAfterUpload: 1, prefix: $AwsAccountId()}}]}"),
            bucket!("{lifecycleRules: [{type: expiration, properties: {daysAfterUpload: 1, prefix: $Stage()}}]}"),
        ),
        case(
            "directive::plain_secret",
            "resources.main.logging.logForwarding.apiKey",
            (1, 119),
            "resources: {main: {type: http-api-gateway, properties: {logging: {logForwarding: {type: datadog, properties: {apiKey: abc}}}}}}\n",
            "resources: {main: {type: http-api-gateway, properties: {logging: {logForwarding: {type: datadog, properties: {apiKey: $Secret('abc')}}}}}}\n",
        ),
        case(
            "directive::secret_written_out",
            "stackConfig.outputs[0].value",
            (1, 45),
            "stackConfig: {outputs: [{name: hash, value: $Secret('db.password')}]}\n",
            "stackConfig: {outputs: [{name: hash, value: $Stage()}]}\n",
        ),
    ]
}

/// Too long to be written out.
fn long_cases() -> [(&'static str, String, String); 2] {
    let deep = |depth: usize| format!("variables: {{a: {}{}}}\n", "[".repeat(depth), "]".repeat(depth));
    let many = |count: usize| format!("variables: {{a: &a [{}], b: [{}]}}\n", "1,".repeat(count), "*a,".repeat(count));
    [("document::too_deep", deep(64), deep(62)), ("document::too_many", many(500), many(400))]
}

/// The codes that have a case on either side.
pub(crate) fn covered() -> BTreeSet<&'static str> {
    cases().iter().map(|case| case.code).chain(long_cases().map(|(code, ..)| code)).collect()
}

/// What is told of a text, whether it is refused or not.
fn found(text: &str) -> Report {
    match read(text).and_then(Stack::validate) {
        Ok(valid) => valid.warnings().clone(),
        Err(report) => report,
    }
}

#[test]
fn what_trips_a_code_is_told_at_its_place_and_alone() {
    for Case { code, path, place, refused, .. } in cases() {
        let report = found(refused);
        let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
        assert_eq!(found, [(code, path)], "{refused}\n{report}");
        let origin = report.iter().next().and_then(|finding| finding.origin).expect("a place");
        assert_eq!((origin.line(), origin.column()), place, "{code}\n{refused}");
    }
    for (code, refused, _) in long_cases() {
        let report = read(&refused).expect_err(code);
        assert_eq!(report.iter().map(|finding| finding.code.code).collect::<Vec<_>>(), [code], "{report}");
    }
}

#[test]
fn what_just_does_not_trip_a_code_is_taken() {
    for Case { code, taken, .. } in cases() {
        if let Err(report) = read(taken) {
            panic!("{code}\n{taken}\n{report}");
        }
    }
    for (code, _, taken) in long_cases() {
        if let Err(report) = read(&taken) {
            panic!("{code}\n{report}");
        }
    }
}
