//! Mistakes in topics.

use super::planting::Mistake;
use crate::sns_topic::SnsTopic;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("sns_topic::display_name", |planting| {
        let name = planting.text(&[&"a".repeat(101), &"ä".repeat(200)]);
        planting.stack.add(SnsTopic::builder("planted").sms_display_name(name));
        "resources.planted.smsDisplayName".to_owned()
    }),
    Mistake::anywhere("sns_topic::long_display_name", |planting| {
        let name = planting.text(&["twelve chars", &"ä".repeat(100)]);
        planting.stack.add(SnsTopic::builder("planted").sms_display_name(name));
        "resources.planted.smsDisplayName".to_owned()
    }),
    Mistake::anywhere("sns_topic::fifo_only", |planting| {
        planting.stack.add(SnsTopic::builder("planted").content_based_deduplication(true));
        "resources.planted.contentBasedDeduplication".to_owned()
    }),
];
