//! What holds for every input: validation always ends, and in the same report.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use stacktape_model::bucket::{Bucket, BucketCors, CorsRule, LifecycleAction, LifecycleRule, StorageClass};
use stacktape_model::compute::Fargate;
use stacktape_model::container::{
    Condition, Container, ContainerLogs, Dependency, HttpApiEvent, Image, InternalHealthCheck, Method, NixpacksPhase, NodeConfig,
    ServiceConnectEvent, WorkloadInternalEvent,
};
use stacktape_model::http_api_gateway::{AccessLogs, HttpApiCors, HttpApiGateway};
use stacktape_model::iam::Statement;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::name::{environment_variable, pascal};
use stacktape_model::overrides::Override;
use stacktape_model::private_service::{PrivateLoadBalancing, PrivateService};
use stacktape_model::raw_resource::RawResource;
use stacktape_model::report::Report;
use stacktape_model::resource::Resource;
use stacktape_model::scaling::Scaling;
use stacktape_model::service::SideContainer;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::{Output, StackVpc, VpcIds};
use stacktape_model::text::{Secret, Text};
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::WebService;
use stacktape_model::worker_service::WorkerService;

use crate::support::found;

/// Any text, and often one that a rule looks at twice.
fn text() -> impl Strategy<Value = String> {
    let near = select(vec![
        "",
        " ",
        "/",
        "//",
        "*",
        "a",
        "A",
        "ä",
        "{",
        "}",
        "{}",
        "{+}",
        "/{a+}",
        "/{a}/{a}",
        "@",
        ":",
        "::",
        "arn:",
        "arn:::::",
        "a@",
        "sha256:",
        "-",
        "-abcdef",
        "stp",
        "STP_",
        "STP_A_NAME",
        "aws:",
        "https://",
        "https://:",
        "http://a:",
        "AWS::A::B",
        "Custom::",
        "web",
        "CMD",
        "\0",
        "=",
        "..",
        "../a",
        "10",
        "a.ts",
        "a.py:app",
        "a.py:",
        ".go",
    ]);
    prop_oneof![any::<String>(), near.prop_map(str::to_owned), "[a-zA-Z0-9/{}+:@*._-]{0,40}"]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..4)
}

fn container() -> impl Strategy<Value = Container> {
    let environment = (text(), text(), any::<f64>(), text(), proptest::option::of(text()));
    let dependency = (text(), select(vec![Condition::Start, Condition::Complete, Condition::Success, Condition::Healthy]));
    let seconds = || proptest::option::of(any::<u16>());
    let health = proptest::option::of((texts(), seconds(), seconds()));
    let image = prop_oneof![
        (text(), texts(), text()).prop_map(|(image, command, arn)| {
            Image::from(Image::prebuilt(image).command(command).repository_credentials_secret_arn(arn))
        }),
        (text(), text(), text()).prop_map(|(context, path, name)| {
            Image::from(Image::dockerfile(context).dockerfile_path(path).build_arg(&name, "1").build_arg(name, "2"))
        }),
        (text(), text(), texts()).prop_map(|(source, builder, buildpacks)| {
            Image::from(Image::external_buildpack(source).builder(builder).buildpacks(buildpacks.clone()).command(buildpacks))
        }),
        (text(), text(), texts()).prop_map(|(source, text, texts)| {
            let phase = NixpacksPhase::new(&text).cmds(texts.clone()).nix_pkgs(texts.clone()).nixpkgs_archive(&text);
            let image = Image::nixpacks(source).build_image(&text).providers(texts.clone()).start_cmd(&text).start_run_image(text);
            Image::from(image.start_only_include_files(texts).phase(phase))
        }),
        (text(), texts(), any::<u16>(), text()).prop_map(|(entry, files, version, path)| {
            let config = NodeConfig::builder().node_version(version).ts_config_path(&path).output_source_maps_to(path);
            Image::from(Image::buildpack(entry).include_files(files.clone()).custom_docker_build_commands(files).language(config))
        }),
    ];
    (text(), image, environment, vec(dependency, 0..3), health, any::<u16>(), any::<bool>()).prop_map(
        |(name, image, (variable, value, number, secret, key), dependencies, health, number_of, essential)| {
            let secret = Secret::new(secret);
            let secret = if let Some(key) = key { secret.key(key) } else { secret };
            let container = Container::builder(name, image)
                .env(&variable, value)
                .env("NUMBER", number)
                .env(&variable, secret)
                .depends_on(dependencies.into_iter().map(|(name, condition)| Dependency::new(name, condition)))
                .stop_timeout(number_of)
                .logging(ContainerLogs::retained(number_of))
                .event(WorkloadInternalEvent::new(number_of))
                .event(ServiceConnectEvent::new(number_of).alias(&variable))
                .essential(essential);
            match health {
                None => container.build(),
                Some((command, interval, timeout)) => {
                    let check = InternalHealthCheck::builder(command);
                    let check = if let Some(interval) = interval { check.interval_seconds(interval) } else { check };
                    let check = if let Some(timeout) = timeout { check.timeout_seconds(timeout) } else { check };
                    container.internal_health_check(check).build()
                }
            }
        },
    )
}

fn workload() -> impl Strategy<Value = Resource> {
    let size = (select(Cpu::ALL.to_vec()), 4..300_000_u32);
    let scaling = (any::<u32>(), any::<u32>(), any::<f64>());
    let statement = (texts(), texts(), text());
    (text(), size, vec(container(), 0..4), scaling, statement, (text(), text(), any::<u16>()), text()).prop_map(
        |(name, (cpu, mib), containers, (min, max, percent), (actions, resources, sid), (gateway, path, port), target)| {
            let gateway = HttpApiGateway::builder(gateway).build();
            let event = HttpApiEvent::new(&gateway, Method::Get, path, port);
            let routed = Container::builder("routed", Image::prebuilt("nginx")).event(event).env("URL", gateway.url());
            MultiContainerWorkload::builder(name, Fargate::new(cpu, Memory::mib(mib)))
                .containers(containers)
                .container(routed)
                .scaling(Scaling::between(min, max).keep_avg_cpu_utilization_under(percent))
                .iam_role_statement(Statement::allow(actions, resources).sid(sid).condition(json!(1)))
                .connect_to(&Bucket::builder(target).build())
                .build()
                .into()
        },
    )
}

fn bucket() -> impl Strategy<Value = Resource> {
    (text(), texts(), texts(), any::<u32>(), text(), text()).prop_map(|(name, origins, headers, days, prefix, path)| {
        let cors = CorsRule::builder().allowed_origins(origins).allowed_headers(headers.clone()).exposed_response_headers(headers);
        let action = LifecycleAction::ClassTransition { days_after_upload: days, storage_class: StorageClass::StandardIa };
        Bucket::builder(name)
            .cors(BucketCors::builder().rule(cors))
            .lifecycle_rule(LifecycleRule::new(action).prefix(&prefix).tag(prefix, ""))
            .override_with(Override::new(path.clone(), path, json!(null)))
            .build()
            .into()
    })
}

fn gateway() -> impl Strategy<Value = Resource> {
    (text(), texts(), texts(), any::<i32>(), any::<bool>(), any::<u16>()).prop_map(|(name, origins, headers, age, credentials, days)| {
        let cors = HttpApiCors::builder().allowed_origins(origins).allowed_headers(headers).max_age(age).allow_credentials(credentials);
        HttpApiGateway::builder(name).cors(cors).logging(AccessLogs::retained(days)).build().into()
    })
}

fn service() -> impl Strategy<Value = Resource> {
    let sides = vec((container(), any::<bool>()), 0..3);
    (text(), text(), sides, any::<u16>(), 0..4_u8).prop_map(|(name, target, sides, number, kind)| {
        let size = Fargate::new(Cpu::Half, Memory::gib(1));
        let sides =
            sides.into_iter().map(|(side, init)| if init { SideContainer::run_on_init(side) } else { SideContainer::always_running(side) });
        let other = PrivateService::builder(target, size, Image::prebuilt("nginx")).port(number).build();
        let image = Image::prebuilt("nginx");
        match kind {
            0 => WorkerService::builder(name, size, image).side_containers(sides).connect_to(&other).build().into(),
            1 => WebService::builder(name, size, image).side_containers(sides).env("PORT", other.address()).build().into(),
            2 => PrivateService::builder(name, size, image).side_containers(sides).port(number).build().into(),
            _ => {
                let balanced = PrivateLoadBalancing::application_load_balancer();
                PrivateService::builder(name, size, image).side_containers(sides).port(number).load_balancing(balanced).build().into()
            }
        }
    })
}

fn resource() -> impl Strategy<Value = Resource> {
    prop_oneof![workload(), bucket(), gateway(), service()]
}

fn stack(resources: &[Resource]) -> Stack {
    let mut stack = Stack::new("shop", "dev");
    for resource in resources {
        stack.add(resource.clone());
    }
    stack
}

/// The report as a user reads it, places and all.
fn read(report: &Report) -> String {
    report.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn validation_ends_whatever_stands_in_resources(resources in vec(resource(), 0..4)) {
        let report = found(stack(&resources));
        for finding in report.iter() {
            prop_assert!(!finding.message.is_empty() && !finding.help.is_empty() && finding.origin.is_some(), "{finding}");
        }
    }

    #[test]
    fn validation_ends_whatever_stands_around_resources(
        project in text(),
        stage in text(),
        tags in vec((text(), text()), 0..3),
        outputs in vec((text(), text(), any::<bool>()), 0..3),
        raw in vec((text(), text(), text()), 0..3),
        (vpc, ids, by_stack) in (text(), texts(), any::<bool>()),
    ) {
        let mut stack = Stack::new(project, stage);
        if by_stack {
            stack.reuse_vpc(StackVpc::new(vpc.as_str(), vpc.as_str()));
        } else {
            stack.reuse_vpc(VpcIds::new(vpc.as_str(), vpc.as_str()).public_subnet_ids(ids.clone()).private_route_table_ids(ids));
        }
        for (name, value) in tags {
            stack.tag(name, value);
        }
        for (name, value, export) in outputs {
            let output = Output::new(name, Text::joined([value.as_str().into(), "!".into()])).description(value);
            stack.output(if export { output.export() } else { output });
        }
        for (id, name, key) in raw {
            stack.override_with(Override::new(id.clone(), key.clone(), 1));
            stack.add_raw(RawResource::new(id, name).attribute(key.clone(), key.clone()).property(key, 1));
        }
        found(stack);
    }

    #[test]
    fn a_report_does_not_depend_on_the_order_of_adding(
        (resources, shuffled) in vec(resource(), 0..5).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(read(&found(stack(&resources))), read(&found(stack(&shuffled))));
    }

    #[test]
    fn a_report_does_not_depend_on_the_order_of_names_that_clash(
        names in vec(select(vec!["a", "A", "b", "aB", "AB", "ab"]), 0..8)
            .prop_flat_map(|names| (Just(names.clone()), Just(names).prop_shuffle())),
    ) {
        let buckets = |names: Vec<&str>| names.into_iter().map(|name| Bucket::builder(name).build().into()).collect::<Vec<Resource>>();
        let (names, shuffled) = names;
        prop_assert_eq!(read(&found(stack(&buckets(names)))), read(&found(stack(&buckets(shuffled)))));
    }

    #[test]
    fn what_validates_once_validates_again(resources in vec(resource(), 0..3)) {
        prop_assert_eq!(read(&found(stack(&resources))), read(&found(stack(&resources))));
    }

    #[test]
    fn an_injected_variable_is_spelt_in_upper_snake_case(resource in "[a-zA-Z0-9]{1,20}", parameter in "[a-zA-Z0-9]{1,20}") {
        let variable = environment_variable(&resource, &parameter);
        prop_assert!(variable.starts_with("STP_"), "{}", variable);
        prop_assert!(variable.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_'), "{}", variable);
        prop_assert!(!variable.contains("__") && !variable.ends_with('_'), "{}", variable);
        // Nothing but the words' ends is lost.
        let letters: String = variable.chars().filter(|letter| *letter != '_').collect();
        prop_assert_eq!(letters, format!("STP{resource}{parameter}").to_uppercase());
    }

    #[test]
    fn names_are_made_of_any_text(name in any::<String>(), parameter in any::<String>()) {
        prop_assert!(pascal(&name).chars().all(|letter| letter.is_ascii_alphanumeric()));
        let variable = environment_variable(&name, &parameter);
        prop_assert!(!variable.starts_with('_') && !variable.ends_with('_') && !variable.contains("__"), "{}", variable);
    }
}
