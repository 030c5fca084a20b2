//! Names of resources, projects and stages.

use stacktape_model::bucket::Bucket;
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::resource::Resource;
use stacktape_model::stack::Stack;

use crate::support::{Rule, empty, found, rule, stack};

#[track_caller]
fn bucket(name: &str) -> Resource {
    Bucket::builder(name).build().into()
}

#[track_caller]
fn topics<const N: usize>(ids: [&str; N]) -> Stack {
    let mut stack = empty();
    for id in ids {
        stack.add_raw(RawResource::new(id, "AWS::SNS::Topic"));
    }
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    let long = "a".repeat(101);
    vec![
        rule("name::resource")
            .refuses("resources.my-bucket", stack([bucket("my-bucket")]))
            .saying(
                "found the resource name `my-bucket`, expected 1 to 100 letters and digits of ASCII, the first one a letter",
                "write a name such as `mybucket`",
            )
            .refuses("resources.2photos", stack([bucket("2photos")]))
            .saying(
                "found the resource name `2photos`, expected 1 to 100 letters and digits of ASCII, the first one a letter",
                "write a name such as `photos`",
            )
            .refuses("resources.a-b", stack([bucket("a-b")]))
            .saying(
                "found the resource name `a-b`, expected 1 to 100 letters and digits of ASCII, the first one a letter",
                "write a name such as `ab`",
            )
            .refuses("resources.größe", stack([bucket("größe")]))
            .refuses("resources.", stack([bucket("")]))
            .saying(
                "found the resource name ``, expected 1 to 100 letters and digits of ASCII, the first one a letter",
                "write a name such as `myResource`",
            )
            .refuses(&format!("resources.{long}"), stack([bucket(&long)]))
            .takes(stack([bucket(&long[..100])]))
            .takes(stack([bucket("b")])),
        rule("name::duplicate")
            .refuses("resources.photos", stack([bucket("photos"), bucket("photos")]))
            .refuses("resources.main", stack([bucket("main"), HttpApiGateway::builder("main").build().into()]))
            .refuses("cloudformationResources.Topic", topics(["Topic", "Topic"]))
            .takes(stack([bucket("photos"), bucket("photo")]))
            .takes(topics(["Topic", "Topic2"])),
        rule("name::ambiguous")
            .refuses("resources.photos", stack([bucket("photos"), bucket("Photos")]))
            .saying(
                "found the names `photos` and `Photos`, expected names that differ in more than the case of the first letter",
                "rename `photos`: both would have logical ids that begin with `Photos`",
            )
            .takes(stack([bucket("photos"), bucket("phOtos")])),
        rule("name::reserved")
            .refuses("resources.stpPhotos", stack([bucket("stpPhotos")]))
            .saying(
                "found the resource name `stpPhotos`, expected one that does not begin with `stp`, which is kept for what resources share",
                "rename it, for example to `appStpPhotos`",
            )
            .refuses("resources.Stp", stack([bucket("Stp")]))
            .takes(stack([bucket("stopPhotos")]))
            .takes(stack([bucket("sTp")])),
        rule("name::project")
            .refuses("projectName", Stack::new("Shop", "dev"))
            .saying(
                "found the project name `Shop`, expected lower-case letters, digits and `-`, the first one a letter",
                "write a name such as `shop`",
            )
            .refuses("projectName", Stack::new("2shop", "dev"))
            .refuses("projectName", Stack::new("", "dev"))
            .saying(
                "found the project name ``, expected lower-case letters, digits and `-`, the first one a letter",
                "write a name such as `my-project`",
            )
            .takes(Stack::new("shop-2", "dev")),
        rule("name::stage")
            .refuses("stage", Stack::new("shop", "Dev_2"))
            .saying("found the stage `Dev_2`, expected lower-case letters, digits and `-`", "write a stage such as `dev2`")
            .takes(Stack::new("shop", "dev-2"))
            .takes(Stack::new("shop", "42")),
        rule("name::stage_too_short")
            .refuses("stage", Stack::new("shop", "d"))
            .saying("found the stage `d`, expected at least 2 characters", "write a stage such as `dev` or `production`")
            .refuses("stage", Stack::new("shop", ""))
            .takes(Stack::new("shop", "qa")),
        rule("name::stack_too_long")
            .refuses("projectName", Stack::new("a".repeat(125), "dev"))
            .saying(
                &format!("found the stack name `{}-dev` of 129 characters, expected at most 128", "a".repeat(125)),
                "shorten the project name or the stage",
            )
            .takes(Stack::new("a".repeat(124), "dev")),
    ]
}

#[test]
fn a_duplicate_names_the_place_of_the_first_one() {
    let first = bucket("photos");
    let place = format!("{}:{}:", file!(), line!() - 1);
    let report = found(stack([bucket("photos"), first]));
    let help = &report.iter().next().expect("a duplicate").help;
    assert!(help.starts_with(&format!("rename one of the two; the other one is written at {place}")), "{help}");
}
