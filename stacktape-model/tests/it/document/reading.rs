//! What is read, and that one report has every mistake in the shape of a document.

use stacktape_model::document::Document;
use stacktape_model::resource::Resource;
use stacktape_model::stack::Stack;

use super::{read, stack};

/// The seed's basic example, with its line breaks, an image and memory that fits its processors.
const BASIC: &str = "
resources:
  mainGateway:
    type: http-api-gateway
  apiServer:
    type: multi-container-workload
    properties:
      resources:
        cpu: 2
        memory: 4096
      scaling:
        minInstances: 1
        maxInstances: 5
      containers:
        - name: api-container
          packaging:
            type: custom-dockerfile
            properties:
              buildContextPath: api
          environment:
            - name: PORT
              value: 3000
          events:
            - type: http-api-gateway
              properties:
                method: '*'
                path: /{proxy+}
                containerPort: 3000
                httpApiGatewayName: mainGateway
";

fn basic_in_rust() -> Stack {
    use stacktape_model::compute::Fargate;
    use stacktape_model::container::{Container, HttpApiEvent, Image, Method};
    use stacktape_model::http_api_gateway::HttpApiGateway;
    use stacktape_model::multi_container_workload::MultiContainerWorkload;
    use stacktape_model::scaling::Scaling;
    use stacktape_model::units::{Cpu, Memory};

    let gateway = HttpApiGateway::builder("mainGateway").build();
    let api = MultiContainerWorkload::builder("apiServer", Fargate::new(Cpu::Two, Memory::gib(4)))
        .container(Container::builder("api-container", Image::dockerfile("api")).env("PORT", 3000).event(HttpApiEvent::new(
            &gateway,
            Method::Any,
            "/{proxy+}",
            3000,
        )))
        .scaling(Scaling::between(1, 5));
    let mut stack = Stack::new("shop", "dev");
    stack.add(gateway).add(api);
    stack
}

#[test]
fn both_doors_lead_to_the_same_stack() {
    assert_eq!(stack(BASIC), basic_in_rust());
}

#[test]
fn json_is_read_by_the_parser_and_by_serde() {
    let json = serde_json::to_string(&basic_in_rust()).expect("JSON");
    assert_eq!(stack(&json), basic_in_rust());
    let document: Document = serde_json::from_str(&json).expect("a document");
    let facts = stacktape_model::document::Facts::new("shop", "dev");
    assert_eq!(document.stack(&facts).expect("a stack"), basic_in_rust());
}

#[test]
fn environment_is_a_list_or_a_map() {
    let with = |environment: &str| BASIC.replace("            - name: PORT\n              value: 3000\n", environment);
    assert_eq!(stack(&with("            PORT: 3000\n")), basic_in_rust());
    assert_eq!(stack(&with("            {PORT: 3000}\n")), basic_in_rust());
}

#[test]
fn an_empty_condition_is_not_one_that_is_left_out() {
    let told = |resource: &str, key: &str| {
        let yaml = format!("resources:\n  main: {{type: application-load-balancer}}\n  api:\n    {resource}")
            .replace("{rule}", &format!("loadBalancerName: main, priority: 1, {key}: []"));
        let report = read(&yaml).expect_err("refused");
        report.iter().map(|finding| (finding.code.code, finding.path.clone(), finding.message.clone())).collect::<Vec<_>>()
    };
    let container = "{type: multi-container-workload, properties: {resources: {cpu: 0.5, memory: 1024}, containers: [{name: web, packaging: \
                     {type: prebuilt-image, properties: {image: a}}, events: [{type: application-load-balancer, properties: \
                     {containerPort: 80, {rule}}}]}]}}\n";
    let function = "{type: function, properties: {packaging: {type: stacktape-lambda-buildpack, properties: {entryfilePath: a.ts}}, events: \
                    [{type: application-load-balancer, properties: {{rule}}}]}}\n";
    for key in ["paths", "methods", "hosts", "headers", "queryParams", "sourceIps"] {
        for (resource, at) in [(container, "resources.api.containers[0].events[0]"), (function, "resources.api.events[0]")] {
            let message = format!("found no value in `{key}`, expected at least one");
            assert_eq!(told(resource, key), [("document::empty_condition", format!("{at}.{key}"), message)]);
        }
    }
}

#[test]
fn an_authorizer_names_its_user_pool() {
    use stacktape_model::container::{Authorizer, HttpApiEvent};
    use stacktape_model::user_auth_pool::UserAuthPool;

    const AT: &str = "resources.apiServer.containers[0].events[0].authorizer";
    let guarded = |properties: &str| {
        let authorizer = format!("{{type: cognito, properties: {{{properties}}}}}");
        BASIC.trim_end().to_owned() + &format!("\n                authorizer: {authorizer}\n  users: {{type: user-auth-pool}}\n")
    };
    let read_of = |properties: &str| {
        let stack = stack(&guarded(properties)).validate().expect("a valid stack");
        let workload = stack.workloads().next().expect("a workload");
        let (_, event) = workload.events_of::<HttpApiEvent>().next().expect("an event");
        event.route.authorizer.clone().expect("an authorizer")
    };
    let users = UserAuthPool::builder("users").build();
    assert_eq!(read_of("userPoolName: users"), Authorizer::cognito(&users).into());
    let elsewhere = Authorizer::cognito(&users).identity_source("$request.header.Token").scope("openid").into();
    assert_eq!(read_of("userPoolName: users, identitySources: [$request.header.Token], scopes: [openid]"), elsewhere);
    let told = |properties: &str| {
        let report = read(&guarded(properties)).expect_err("refused");
        let finding = report.iter().next().cloned().expect("one finding");
        (finding.code.code, finding.path, finding.message)
    };
    let missing = "found no key `userPoolName`, expected the name of a user-auth-pool of the stack";
    assert_eq!(told(""), ("document::missing_key", AT.to_owned(), missing.to_owned()));
}

#[test]
fn a_user_pool_refuses_keys_that_it_does_not_have() {
    let with =
        |properties: &str| BASIC.trim_end().to_owned() + &format!("\n  users: {{type: user-auth-pool, properties: {{{properties}}}}}\n");
    let told = |properties: &str| {
        let report = read(&with(properties)).expect_err("refused");
        report.iter().map(|finding| (finding.code.code, finding.path.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told("useFirewall: shield"), [("document::unknown_key", "resources.users.useFirewall".to_owned())]);
    let bounded = told("schema: [{name: age, attributeDataType: Number, stringMaxLength: 3}]");
    assert_eq!(bounded, [("document::key_of_other_choice", "resources.users.schema[0].stringMaxLength".to_owned())]);
    let written = told("identityProviders: [{type: Google, clientId: x, clientSecret: hunter2}]");
    assert_eq!(written, [("directive::plain_secret", "resources.users.identityProviders[0].clientSecret".to_owned())]);
}

#[test]
fn an_authorizer_names_its_function_or_tells_its_arn() {
    use stacktape_model::container::{Authorizer, HttpApiEvent};
    use stacktape_model::function::{Function, Package, Runtime};

    const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:check-key";
    let function = "
  checkKey:
    type: function
    properties: {runtime: nodejs24.x, packaging: {type: custom-artifact, properties: {packagePath: dist, handler: 'index:handler'}}}
";
    let guarded = |authorizer: &str| {
        BASIC.trim_end().to_owned() + &format!("\n                authorizer: {{type: lambda, properties: {{{authorizer}}}}}{function}")
    };
    let read_of = |authorizer: &str| {
        let stack = stack(&guarded(authorizer)).validate().expect("a valid stack");
        let workload = stack.workloads().next().expect("a workload");
        let (_, event) = workload.events_of::<HttpApiEvent>().next().expect("an event");
        event.route.authorizer.clone().expect("an authorizer")
    };
    let check_key = Function::builder("checkKey", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).build();
    let named = Authorizer::lambda(check_key.arn()).into();
    assert_eq!(read_of("functionName: checkKey"), named);
    assert_eq!(read_of("functionArn: \"$ResourceParam('checkKey', 'arn')\""), named);
    assert_eq!(serde_json::json!(named), serde_json::json!({"type": "lambda", "properties": {"functionName": "checkKey"}}));
    assert_eq!(read_of(&format!("functionArn: '{ARN}'")), Authorizer::lambda(ARN).into());
    let told = |authorizer: &str| {
        let report = read(&guarded(authorizer)).expect_err("refused");
        report.iter().map(|finding| finding.code.code).collect::<Vec<_>>()
    };
    assert_eq!(told(&format!("functionName: checkKey, functionArn: '{ARN}'")), ["document::key_beside_other"]);
    assert_eq!(told("iamResponse: true"), ["document::missing_key"]);
}

#[test]
fn every_mistake_in_the_shape_is_told_at_once() {
    let text = "
resource: {}
resources:
  one: {type: buckets}
  two: {type: bucket, properties: {versioning: 1, encrypt: true}}
  three: {properties: {}}
  four: [1]
stackConfig: {tags: [{name: a}], vpc: {availabilityZones: 4}}
";
    let report = read(text).expect_err("refused");
    let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
    assert_eq!(
        found,
        [
            ("document::unknown_key", "resource"),
            ("document::wrong_type", "resources.four"),
            ("document::unknown_word", "resources.one.type"),
            ("document::missing_key", "resources.three"),
            ("document::unknown_key", "resources.two.encrypt"),
            ("document::wrong_type", "resources.two.versioning"),
            ("document::missing_key", "stackConfig.tags[0]"),
            ("document::unknown_word", "stackConfig.vpc.availabilityZones"),
        ]
    );
    let helps: Vec<_> = report.iter().map(|finding| finding.help.as_str()).collect();
    assert!(
        helps.contains(&"write `resources`") && helps.contains(&"write `bucket`") && helps.contains(&"write `encryption`"),
        "{helps:?}"
    );
}

#[test]
fn a_key_that_is_known_elsewhere_or_means_the_opposite_is_told_apart_from_the_nearest_one() {
    const JOB: &str = "resources: {cpu: 1}, container: {packaging: {type: prebuilt-image, properties: {image: nginx}}}";
    let properties = |properties: &str| {
        let report =
            read(&format!("resources: {{report: {{type: batch-job, properties: {{{JOB}, {properties}}}}}}}")).expect_err("refused");
        let unknown = report.iter().find(|finding| finding.code.code == "document::unknown_key").cloned().expect("an unknown key");
        (unknown.path, unknown.help)
    };
    let statement = |keys: &str| properties(&format!("iamRoleStatements: [{{Effect: Allow, {keys}}}]"));
    let at = |key: &str| format!("resources.report.iamRoleStatements[0].{key}");
    for (found, path, help) in [
        (
            statement("NotAction: ['s3:*'], Resource: ['*']"),
            at("NotAction"),
            "write `Action` with all that is meant: what is meant by `NotAction` cannot be said",
        ),
        (
            statement("Action: ['s3:*'], NotResource: ['*']"),
            at("NotResource"),
            "write `Resource` with all that is meant: what is meant by `NotResource` cannot be said",
        ),
        (statement("Action: ['s3:*'], Resource: ['*'], Conditions: {}"), at("Conditions"), "write `Condition`"),
        (properties("overrides: {}"), "resources.report.overrides".to_owned(), "write `overrides` beside `type` and `properties`"),
        (properties("override: {}"), "resources.report.override".to_owned(), "remove the key"),
    ] {
        assert_eq!(found, (path, help.to_owned()));
    }
}

#[test]
fn defaults_are_those_of_rust() {
    let stack = stack("resources: {photos: {type: bucket}, main: {type: http-api-gateway, properties: {logging: {}}}}");
    let [Resource::Bucket(photos), Resource::HttpApiGateway(main)] = stack.resources() else { panic!("{stack:?}") };
    assert_eq!(*photos, stacktape_model::bucket::Bucket::builder("photos").build());
    assert_eq!(*main, stacktape_model::http_api_gateway::HttpApiGateway::builder("main").build());
}

#[test]
fn a_switch_that_is_off_switches_off_all_that_is_behind_it() {
    let stack = stack("resources: {photos: {type: bucket, properties: {cors: {enabled: false, corsRules: [{maxAge: 5}]}}}}");
    let Resource::Bucket(photos) = &stack.resources()[0] else { panic!("{stack:?}") };
    assert!(photos.parts().cors.is_none());
}

#[test]
fn a_stack_is_written_in_the_shape_that_is_read() {
    let written = serde_json::to_value(basic_in_rust()).expect("JSON");
    assert_eq!(
        written,
        serde_json::json!({"resources": {
            "mainGateway": {"type": "http-api-gateway", "properties": {}},
            "apiServer": {"type": "multi-container-workload", "properties": {
                "resources": {"cpu": 2, "memory": 4096},
                "scaling": {"minInstances": 1, "maxInstances": 5},
                "containers": [{
                    "name": "api-container",
                    "packaging": {"type": "custom-dockerfile", "properties": {"buildContextPath": "api"}},
                    "environment": [{"name": "PORT", "value": 3000}],
                    "events": [{"type": "http-api-gateway", "properties": {
                        "httpApiGatewayName": "mainGateway", "containerPort": 3000, "method": "*", "path": "/{proxy+}"
                    }}],
                }],
            }},
        }})
    );
}

#[test]
fn helps_about_a_document_speak_of_yaml() {
    let text = BASIC
        .replace("memory: 4096", "memory: 2048")
        .replace("mainGateway\n", "otherGateway\n")
        .replace("          events:", "          stopTimeout: 1\n          events:");
    let document = Document::parse(&text).expect("YAML");
    let report = stack(&text).validate().expect_err("refused");
    assert!(report.iter().any(|finding| finding.help == "write `.stop_timeout(120)` for the longest one"), "{report}");
    let helps: Vec<_> = document.place(report).into_iter().map(|finding| finding.help).collect();
    assert_eq!(
        helps,
        [
            "add `otherGateway` to `resources`; the stack has `mainGateway`",
            "write `stopTimeout: 120` for the longest one",
            "write memory 4096, or cpu 0.25, 0.5, 1",
        ]
    );
}
