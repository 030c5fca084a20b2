//! The two ways to name a VPC that is there already.

use stacktape_model::stack_config::ReuseVpc;

use super::{read, stack};
use crate::support::codes_and_paths;

fn reusing(vpc: &str) -> String {
    format!("resources: {{photos: {{type: bucket}}}}\nstackConfig: {{vpc: {{reuseVpc: {vpc}}}}}\n")
}

#[test]
fn a_vpc_is_named_by_its_stack_or_by_its_ids() {
    let of = |vpc: &str| stack(&reusing(vpc)).config().vpc.reuse_vpc.clone();
    assert!(matches!(of("{projectName: network, stage: dev}"), Some(ReuseVpc::OfStack(_))));
    let Some(ReuseVpc::ById(ids)) = of("{vpcId: vpc-0a1b2c3d, cidrBlock: {'Fn::ImportValue': x}, publicSubnetIds: [subnet-0a1b2c3d]}")
    else {
        panic!("a VPC by its ids")
    };
    assert_eq!((ids.public_subnet_ids.len(), ids.private_subnet_ids.len()), (1, 0));
}

#[test]
fn of_both_ways_one_is_unknown_and_of_neither_the_id_is_missing() {
    const VPC: &str = "stackConfig.vpc.reuseVpc";
    let found = |vpc: &str, expected: &[(&str, &str)]| {
        let report = read(&reusing(vpc)).expect_err("no VPC");
        assert_eq!(codes_and_paths(&report), expected, "{report}");
    };
    let [project, stage] = ["projectName", "stage"].map(|key| format!("{VPC}.{key}"));
    let unknown = [("document::unknown_key", project.as_str()), ("document::unknown_key", stage.as_str())];
    found("{projectName: network, stage: dev, vpcId: vpc-0a1b2c3d, cidrBlock: 10.0.0.0/16}", &unknown);
    found("{stage: dev}", &[("document::missing_key", VPC)]);
    found("{}", &[("document::missing_key", VPC), ("document::missing_key", VPC)]);
}
