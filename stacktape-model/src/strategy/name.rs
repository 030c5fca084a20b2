//! Names.

use proptest::prelude::*;
use proptest::sample::select;

/// Names of projects: lower-case letters, digits and `-`, up to 64 characters. Shrinks to `shop`.
pub fn project_name() -> impl Strategy<Value = String> {
    prop_oneof![Just("shop".to_owned()), "[a-z][a-z0-9-]{0,20}", Just("a".repeat(64))]
}

/// Stages: lower-case letters, digits and `-`, up to 63 characters, so that the longest one and the longest project make the
/// longest stack name. Shrinks to `dev`.
pub fn stage() -> impl Strategy<Value = String> {
    prop_oneof![Just("dev".to_owned()), Just("production".to_owned()), "[a-z0-9-]{2,12}", Just("b".repeat(63))]
}

/// Names of resources: letters and digits, the first one a letter, up to 100 of them. Shrinks to short ones.
pub fn resource_name() -> impl Strategy<Value = String> {
    "[a-zA-Z][a-zA-Z0-9]{0,99}".prop_filter("`stp` is kept for what resources share", |name| !name.to_lowercase().starts_with("stp"))
}

/// The letters that number a resource: `A`, `B`, .. `Z`, `AA`.
pub(super) fn letters(mut index: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'A' + u8::try_from(index % 26).unwrap_or_default());
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    out.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// What names begin with, the letters of their number to follow. No word ends in a capital or differs from another one, of whatever
/// kind, in case only; so neither names nor the variables and logical ids that are made of them can clash.
pub(super) fn word(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(words)
}

pub(super) const BUCKET: &[&str] = &["bucket", "Photos", "HTTPFiles2xx", "b"];
pub(super) const LOAD_BALANCER: &[&str] = &["balancer", "InFrontOf2", "l"];
pub(super) const FILE_SYSTEM: &[&str] = &["files", "Shared2Data", "f"];
pub(super) const GATEWAY: &[&str] = &["gateway", "MainAPIv2", "g"];
pub(super) const WORKLOAD: &[&str] =
    &["workload", "Api", "w", "aWorkloadWithALongNameThatLeavesRoomForTheLettersOfItsNumberAndForNothingElseSinceAHundredIsAll"];
pub(super) const WEB: &[&str] = &["web", "PublicShop3", "p"];
pub(super) const PRIVATE: &[&str] = &["inner", "OrdersV2x", "i"];
pub(super) const WORKER: &[&str] = &["worker", "MailerOf2", "m"];
pub(super) const SIDE: &[&str] = &["side", "init-", "_2_"];
pub(super) const QUEUE: &[&str] = &["queue", "Jobs2x", "q"];
pub(super) const TOPIC: &[&str] = &["topic", "News", "t"];
pub(super) const BUS: &[&str] = &["bus", "EventsOfAll"];
pub(super) const STREAM: &[&str] = &["stream", "Clicks"];
pub(super) const TABLE: &[&str] = &["table", "OrdersByDay2"];
pub(super) const JOB: &[&str] = &["job", "ReportOf2"];
pub(super) const FUNCTION: &[&str] = &["function", "ResizeOf2", "fn"];
pub(super) const MACHINE: &[&str] = &["machine", "Checkout2go"];
pub(super) const POOL: &[&str] = &["people", "CognitoUsers2", "u"];
pub(super) const RAW: &[&str] = &["Raw", "RawThing2"];
pub(super) const OUTPUT: &[&str] = &["Output", "url", "o2"];
pub(super) const TAG: &[&str] = &["tag", "Cost center:", "größe", "my:stp:"];
pub(super) const CONTAINER: &[&str] = &["container", "api-", "_1_", "c"];
