//! What checkov would have otherwise. It judges by the habits of the careful, not by what AWS takes, and some of them cost money or
//! are the user's to choose: each check that fails is mended, or stands here with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::{run, scenarios, script, templates};

/// Checks that fail in a scenario, and why they may.
const ACCEPTED: &[(&str, &str)] = &[
    ("CKV2_AWS_71", "a scenario has a domain that stands for all below another one, as its user may want"),
    ("CKV_AWS_2", "without a certificate there is no HTTPS; a default listener warns, and one that is written out is meant"),
    ("CKV_AWS_18", "access logs of a bucket need a second bucket and cost; an override of `LoggingConfiguration` turns them on"),
    ("CKV_AWS_21", "`versioning` is the user's choice, since old versions cost"),
    ("CKV_AWS_26", "with a key, other services cannot publish unless its policy names them; an override of `KmsMasterKeyId` sets one"),
    ("CKV_AWS_27", "queues are encrypted by keys that SQS keeps (SSE-SQS), and the check asks for a key of KMS"),
    ("CKV_AWS_43", "`encryption` of a stream is the user's choice, since each use of its key costs"),
    ("CKV_AWS_54", "the scenario opens buckets to the public: see CKV_AWS_56"),
    ("CKV_AWS_56", "a bucket whose `accessibilityMode` is public cannot restrict public policies; all others do"),
    ("CKV_AWS_65", "Container Insights cost for each metric; an override of `ClusterSettings` turns them on"),
    ("CKV_AWS_91", "access logs of a load balancer need a bucket and cost; an override of `LoadBalancerAttributes` turns them on"),
    ("CKV_AWS_95", "the scenario turns the gateway's logs off"),
    ("CKV_AWS_103", "a listener without a certificate has no TLS: see CKV_AWS_2"),
    ("CKV_AWS_109", "a connection to `aws:ses` grants SES in full, as the original does"),
    ("CKV_AWS_111", "a connection to `aws:ses` grants SES in full, as the original does"),
    ("CKV_AWS_115", "`reservedConcurrency` is the user's choice, since what it keeps for a function no other one has"),
    ("CKV_AWS_116", "`destinations.onFailure` is the user's choice, and says nothing of functions that callers wait for"),
    ("CKV_AWS_117", "`joinDefaultVpc` is the user's choice, since without NAT a function in it does not reach the internet"),
    ("CKV_AWS_131", "it would drop headers with a `_` in their names, which programs use; an override of `LoadBalancerAttributes` does it"),
    (
        "CKV_AWS_149",
        "the secret of a client is encrypted by the key that AWS keeps for Secrets Manager, and the check asks for one that costs",
    ),
    ("CKV_AWS_158", "log groups are encrypted by a key of AWS; a key of one's own costs by the month"),
    ("CKV_AWS_165", "`enablePointInTimeRecovery` is the user's choice, since it costs"),
    ("CKV_AWS_173", "environments are encrypted by a key of AWS; an override of `KmsKeyArn` sets one of the user's"),
    ("CKV_AWS_258", "an example has a URL that everybody may call, as `authMode` says where it is left out"),
    ("CKV_AWS_260", "a load balancer of the internet listens at port 80 for the internet; `whitelistIps` narrows it"),
];

#[test]
fn every_check_that_fails_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut failed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for scenario in scenarios::ALL {
        let [path, _] = templates(scenario, folder.path());
        let (output, report) = run(Command::new("bash").arg(script("checkov.sh")).arg(&path));
        assert!(output.status.success() && report["parsing_errors"] == 0, "checkov.sh on {}: {report:#}", scenario.name);
        assert!(report["passed"].as_u64().is_some_and(|passed| passed > 0), "checkov.sh looked at nothing in {}", scenario.name);
        for failure in report["failures"].as_array().into_iter().flatten() {
            let resources = failure["resources"].as_array().into_iter().flatten();
            let places = resources.map(|resource| format!("{}: {} ({})", scenario.name, resource, failure["name"]));
            failed.entry(failure["id"].as_str().expect("an id").to_owned()).or_default().extend(places);
        }
    }
    let accepted: BTreeSet<_> = ACCEPTED.iter().map(|(id, _)| *id).collect();
    let unexplained: Vec<_> = failed.iter().filter(|(id, _)| !accepted.contains(id.as_str())).collect();
    assert!(unexplained.is_empty(), "mend these, or say why not: {unexplained:#?}");
    let stale: Vec<_> = accepted.iter().filter(|id| !failed.contains_key(**id)).collect();
    assert!(stale.is_empty(), "no scenario fails {stale:?} any more");
}
