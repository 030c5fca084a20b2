//! Reports as a whole: everything at once, in a fixed order.

use stacktape_model::bucket::{Bucket, LifecycleAction, LifecycleRule};
use stacktape_model::container::{Condition, HttpApiEvent, Method};
use stacktape_model::http_api_gateway::{HttpApiCors, HttpApiGateway};
use stacktape_model::report::{Report, Severity};
use stacktape_model::resource::Resource;
use stacktape_model::scaling::Scaling;
use stacktape_model::stack::{Stack, ValidStack};

use crate::support::{api, codes_and_paths, found, named, stack, web};

/// Four resources with eleven mistakes and a warning.
fn mistaken() -> Vec<Resource> {
    let lost = Bucket::builder("lost").build();
    let gateway = HttpApiGateway::builder("main").cors(HttpApiCors::builder().max_age(-2)).build();
    let api = api(web().stop_timeout(121).env("PORT", 1).env("PORT", 2))
        .container(named("side car").depends_on_container("db", Condition::Start))
        .container(named("last").event(HttpApiEvent::new(&gateway, Method::Get, "users", 0)).essential(false))
        .scaling(Scaling::between(5, 5001).keep_avg_cpu_utilization_under(0))
        .connect_to(&lost)
        .build();
    let raw = Bucket::builder("raw-photos").lifecycle_rule(LifecycleRule::new(LifecycleAction::Expiration { days_after_upload: 0 }));
    vec![api.into(), gateway.into(), raw.build().into(), Bucket::builder("photos").build().into()]
}

const FOUND: [(&str, &str); 12] = [
    ("reference::missing", "resources.api.connectTo[0]"),
    ("environment::duplicate", "resources.api.containers[0].environment[1].name"),
    ("container::stop_timeout", "resources.api.containers[0].stopTimeout"),
    ("dependency::unknown", "resources.api.containers[1].dependsOn[0].containerName"),
    ("container::name", "resources.api.containers[1].name"),
    ("event::no_port", "resources.api.containers[2].events[0].containerPort"),
    ("event::relative_path", "resources.api.containers[2].events[0].path"),
    ("scaling::too_many", "resources.api.scaling.maxInstances"),
    ("scaling::percent", "resources.api.scaling.scalingPolicy.keepAvgCpuUtilizationUnder"),
    ("http_api_cors::max_age", "resources.main.cors.maxAge"),
    ("name::resource", "resources.raw-photos"),
    ("bucket_lifecycle::too_early", "resources.raw-photos.lifecycleRules[0].daysAfterUpload"),
];

#[test]
fn all_mistakes_come_at_once_sorted_by_their_paths() {
    let report = found(stack(mistaken()));
    assert_eq!(codes_and_paths(&report), FOUND);
    assert_eq!((report.errors(), report.warnings()), (11, 1));
}

#[test]
fn the_order_of_adding_changes_nothing() {
    let resources = mistaken();
    let expected = found(stack(resources.clone())).to_string();
    for turns in 1..resources.len() {
        let mut turned = resources.clone();
        turned.rotate_left(turns);
        assert_eq!(found(stack(turned.clone())).to_string(), expected);
        turned.reverse();
        assert_eq!(found(stack(turned)).to_string(), expected);
    }
}

#[test]
fn the_order_of_adding_changes_nothing_about_names_that_clash() {
    let clashing: Vec<Resource> = vec![
        Bucket::builder("photos").build().into(),
        Bucket::builder("Photos").build().into(),
        HttpApiGateway::builder("photos").build().into(),
        Bucket::builder("photos").build().into(),
    ];
    let expected = found(stack(clashing.clone())).to_string();
    let mut reversed = clashing;
    reversed.reverse();
    assert_eq!(found(stack(reversed)).to_string(), expected);
}

#[test]
fn a_reference_is_found_among_resources_that_share_its_name() {
    let photos = Bucket::builder("photos").build();
    let api = api(web()).connect_to(&photos).build();
    let gateway = HttpApiGateway::builder("photos").build();
    let resources: [Resource; 3] = [photos.into(), gateway.into(), api.into()];
    let report = found(stack(resources));
    assert_eq!(codes_and_paths(&report), [("name::duplicate", "resources.photos")]);
}

#[test]
fn a_valid_stack_keeps_its_warnings() {
    let valid = stack([api(web()).scaling(Scaling::fixed(6000))]).validate().expect("a warning refuses nothing");
    let warnings = valid.warnings();
    assert_eq!(codes_and_paths(warnings), [("scaling::too_many", "resources.api.scaling.maxInstances")]);
    assert!(!warnings.has_errors() && warnings.warnings() == 1);
    assert!(warnings.iter().all(|warning| warning.code.severity == Severity::Warning));
}

#[test]
fn a_refused_stack_tells_its_warnings_too() {
    let report = stack([api(web().stop_timeout(0)).scaling(Scaling::fixed(6000))]).validate().expect_err("no container ends so fast");
    assert_eq!(report.iter().map(|finding| finding.code.severity).collect::<Vec<_>>(), [Severity::Error, Severity::Warning]);
}

#[test]
fn a_report_reads_as_a_compiler_would_write_it() {
    let report = found(stack([api(web().stop_timeout(121))]));
    let text = report.to_string();
    let lines: Vec<_> = text.lines().collect();
    let [finding, place, help, "", sum] = lines.as_slice() else { panic!("{text}") };
    assert_eq!(
        *finding,
        "error[container::stop_timeout]: resources.api.containers[0].stopTimeout: found a stop timeout of 121 s, expected 2 to 120 s"
    );
    assert!(place.starts_with(&format!("  --> {}:", file!())), "{place}");
    assert_eq!(*help, "  help: write `.stop_timeout(120)` for the longest one");
    assert_eq!(*sum, "1 error, 0 warnings");
}

#[test]
fn a_valid_stack_is_in_the_order_of_names() {
    let resources = ["b", "c", "a"].map(|name| Bucket::builder(name).build());
    let valid = stack(resources).validate().expect("three buckets");
    assert_eq!(valid.resources().iter().map(Resource::name).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(valid.get("c").map(Bucket::name), Some("c"));
    assert_eq!(valid.name(), "shop-dev");
}

#[test]
fn stacks_and_reports_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Stack>();
    crosses::<ValidStack>();
    crosses::<Report>();
}
