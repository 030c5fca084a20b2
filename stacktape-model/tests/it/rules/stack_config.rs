//! Tags and outputs of a stack.

use stacktape_model::bucket::Bucket;
use stacktape_model::function::{Function, Package, Runtime};
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::{NatAvailabilityZones, Output};

use crate::support::{Rule, empty, rule, running, stack, web};

#[track_caller]
fn tagged<const N: usize>(tags: [(&str, &str); N]) -> Stack {
    let mut stack = empty();
    for (name, value) in tags {
        stack.tag(name, value);
    }
    stack
}

/// A stack with a role, which IAM tags.
#[track_caller]
fn tagged_role<const N: usize>(tags: [&str; N]) -> Stack {
    let mut stack = running([web()]);
    for name in tags {
        stack.tag(name, "x");
    }
    stack
}

#[track_caller]
fn with_tags(count: usize) -> Stack {
    let mut stack = empty();
    for index in 0..count {
        stack.tag(format!("tag{index}"), "x");
    }
    stack
}

#[track_caller]
fn showing(outputs: impl IntoIterator<Item = Output>) -> Stack {
    let photos = Bucket::builder("photos").build();
    let mut stack = empty();
    for output in outputs {
        stack.output(output);
    }
    stack.add(photos);
    stack
}

#[track_caller]
fn output(name: &str) -> Output {
    Output::new(name, Bucket::builder("photos").build().arn())
}

#[track_caller]
fn with_outputs(count: usize) -> Stack {
    let mut outputs = Vec::new();
    for index in 0..count {
        outputs.push(output(&format!("Output{index}")));
    }
    showing(outputs)
}

/// A stack that exports its VPC, with private subnets or without, and an output.
#[track_caller]
fn exporting(private: bool, name: &str) -> Stack {
    let mut stack = showing([output(name)]);
    stack.export_vpc();
    if private {
        stack.nat_availability_zones(NatAvailabilityZones::One);
    }
    stack
}

#[track_caller]
fn exporting_with(count: usize) -> Stack {
    let mut stack = with_outputs(count);
    stack.export_vpc();
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = tags();
    rules.extend(outputs());
    rules
}

fn tags() -> Vec<Rule> {
    const NAME: &str = "stackConfig.tags[0].name";
    const SECOND: &str = "stackConfig.tags[1].name";
    let long = "ä".repeat(257);
    let letters = |count: usize| long.chars().take(count).collect::<String>();
    vec![
        rule("stack_config::tag_name")
            .refuses(NAME, tagged([("cost*center", "x")]))
            .saying("found the tag name `cost*center`, expected 1 to 128 letters, digits, spaces and `_.:/=+-@`", "leave out everything else")
            .refuses(NAME, tagged([("", "x")]))
            .refuses(NAME, tagged([(&letters(129), "x")]))
            .takes(tagged([(&letters(128), "x")]))
            .takes(tagged([("Cost center_1.a:b/c=d+e-f@g", "x")])),
        rule("stack_config::tag_reserved")
            .refuses(NAME, tagged([("aws:team", "x")]))
            .saying("found the tag name `aws:team`, expected one that begins with neither `aws:` nor `stp:`", "choose another prefix")
            .refuses(NAME, tagged([("AWS:team", "x")]))
            .refuses(NAME, tagged([("stp:stage", "x")]))
            .refuses(NAME, tagged([("STP:Stage", "x")]))
            .takes(tagged([("awsteam", "x"), ("stpStage", "x"), ("my:aws:team", "x")])),
        rule("stack_config::tag_value")
            .refuses("stackConfig.tags[0].value", tagged([("team", "a&b")]))
            .saying("found the tag value `a&b`, expected at most 256 letters, digits, spaces and `_.:/=+-@`", "leave out everything else")
            .refuses("stackConfig.tags[0].value", tagged([("team", &long)]))
            .takes(tagged([("team", &letters(256))])),
        rule("stack_config::tag_empty")
            .refuses("stackConfig.tags[0].value", tagged([("team", "")]))
            .saying("found the tag `team` without a value, expected at least 1 character", "give it a value, or leave the tag out")
            .takes(tagged([("team", "x")]))
            // Lambda takes such tags of a function, which CloudFormation hands on as a property.
            .takes(stack([Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).tag("team", "")])),
        rule("stack_config::tag_duplicate")
            .refuses(SECOND, tagged([("team", "a"), ("team", "b")]))
            .saying("found the tag `team` a second time, expected each name once", "leave one of the two out")
            .takes(tagged([("team", "a"), ("teams", "a")])),
        rule("stack_config::tag_case")
            .refuses(SECOND, tagged_role(["team", "Team"]))
            .saying(
                "found the tags `Team` and `team`, expected names that differ in more than case, since roles are tagged too",
                "leave one of the two out",
            )
            .takes(tagged_role(["team", "teams"]))
            // Without a role, nobody minds.
            .takes(tagged([("team", "a"), ("Team", "b")])),
        rule("stack_config::too_many_tags")
            .refuses("stackConfig.tags", with_tags(48))
            .saying("found 48 tags, expected at most 47", "leave some out: a resource has at most 50 tags, of which 3 name the stack")
            .takes(with_tags(47)),
    ]
}

fn outputs() -> Vec<Rule> {
    const NAME: &str = "stackConfig.outputs[0].name";
    const SECOND: &str = "stackConfig.outputs[1].name";
    let long = "a".repeat(1025);
    let exported = |name: &str| output(name).export();
    vec![
        rule("stack_config::output_name")
            .refuses(NAME, showing([output("photos-arn")]))
            .saying("found the output name `photos-arn`, expected 1 to 255 letters and digits of ASCII", "write a name such as `PhotosArn`")
            .refuses(NAME, showing([output("")]))
            .saying("found the output name ``, expected 1 to 255 letters and digits of ASCII", "write a name such as `MyOutput`")
            .refuses(NAME, showing([output(&long[..256])]))
            .takes(showing([output(&long[..255]), output("2")])),
        rule("stack_config::output_duplicate")
            .refuses(SECOND, showing([output("Arn"), output("Arn")]))
            .saying("found the output `Arn` a second time, expected each name once", "rename one of the two")
            .takes(showing([output("Arn"), output("arn")])),
        rule("stack_config::output_of_ours")
            .refuses(NAME, exporting(false, "StpVpcId"))
            .saying(
                "found the output `StpVpcId`, which the stack has of its own, expected another name",
                "rename the output, or leave it out where it shows the same",
            )
            .refuses(NAME, exporting(true, "NatPublicIps"))
            .refuses(NAME, exporting(true, "StpPrivateSubnetIds"))
            .takes(exporting(false, "NatPublicIps"))
            .takes(exporting(false, "StpPrivateSubnetIds"))
            .takes(showing([output("StpVpcId")])),
        rule("stack_config::output_secret")
            .refuses("stackConfig.outputs[0].value", showing([Output::new("Key", "{{resolve:secretsmanager:key}}")]))
            .saying(
                "found a dynamic reference to a secret in the output `Key`, expected a value that may be shown",
                "leave the output out; what needs the secret reads it from Secrets Manager or Parameter Store by its name",
            )
            .refuses("stackConfig.outputs[0].value", showing([Output::new("Key", "key: {{resolve:ssm-secure:/key:1}}")]))
            .takes(showing([Output::new("Host", "{{resolve:ssm:/db/host}}")])),
        rule("stack_config::export_twice")
            .refuses(SECOND, showing([exported("arn"), exported("Arn")]))
            .saying(
                "found the exported outputs `Arn` and `arn`, expected names that differ in more than the case of the first letter",
                "rename one of the two, or leave out one `.export()`",
            )
            .takes(showing([exported("arn"), output("Arn")]))
            .takes(showing([exported("arn"), exported("aRn")])),
        rule("stack_config::output_description")
            .refuses("stackConfig.outputs[0].description", showing([output("Arn").description(&long)]))
            .saying("found a description of 1025 bytes, expected at most 1024", "shorten the description")
            .takes(showing([output("Arn").description(&long[..1024])])),
        rule("stack_config::too_many_outputs")
            .refuses("stackConfig.outputs", with_outputs(201))
            .saying(
                "found 201 outputs, expected at most 200",
                "leave some out, or split the stack: CloudFormation takes 200, with those of the stack's network",
            )
            .refuses("stackConfig.outputs", exporting_with(198))
            .takes(with_outputs(200))
            .takes(exporting_with(197)),
    ]
}
