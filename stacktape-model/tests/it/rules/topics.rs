//! Topics, and buses of events.

use stacktape_model::event_bus::{Archivation, EventBus};
use stacktape_model::sns_topic::{SnsTopic, SnsTopicBuilder};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule, stack};

#[track_caller]
fn topic() -> SnsTopicBuilder {
    SnsTopic::builder("news")
}

#[track_caller]
fn shown(name: &str) -> Stack {
    stack([topic().sms_display_name(name)])
}

#[track_caller]
fn of_partner(name: &str) -> Stack {
    stack([EventBus::builder("orders").event_source_name(name)])
}

#[track_caller]
fn of_partners(one: &str, other: &str) -> Stack {
    stack([EventBus::builder("returns").event_source_name(other), EventBus::builder("orders").event_source_name(one)])
}

pub(crate) fn rules() -> Vec<Rule> {
    const SOURCE: &str = "resources.orders.eventSourceName";
    let long = |letters: usize| format!("aws.partner/example.com/{}", "a".repeat(letters - "aws.partner/example.com/".len()));
    vec![
        rule("sns_topic::display_name")
            .refuses("resources.news.smsDisplayName", shown(&"ä".repeat(101)))
            .saying("found a display name of 101 characters, expected at most 100", "shorten it")
            .takes(shown("Shop")),
        rule("sns_topic::long_display_name")
            .warns("resources.news.smsDisplayName", shown("Twelve chars"))
            .saying(
                "found a display name of 12 characters, expected at most 11, which is what phones show",
                "shorten it; as it stands, phones show the beginning",
            )
            .warns("resources.news.smsDisplayName", shown(&"ä".repeat(100)))
            .takes(shown("elevenchars"))
            .takes(stack([topic()])),
        rule("sns_topic::fifo_only")
            .refuses("resources.news.contentBasedDeduplication", stack([topic().content_based_deduplication(true)]))
            .saying(
                "found `contentBasedDeduplication` on a topic that is not FIFO, expected it on a FIFO topic only",
                "add `.fifo_enabled(true)`, or remove it",
            )
            .takes(stack([topic().fifo_enabled(true).content_based_deduplication(true)])),
        rule("event_bus::event_source_name")
            .refuses(SOURCE, of_partner("example.com/42"))
            .saying(
                "found the event source `example.com/42`, expected `aws.partner/` and at least two words of letters, digits and `.-_`, 256 \
                 characters in all",
                "write the name as the partner's console shows it, such as `aws.partner/example.com/42`",
            )
            .refuses(SOURCE, of_partner("aws.partner/example.com"))
            .refuses(SOURCE, of_partner("aws.partner/example.com/"))
            .refuses(SOURCE, of_partner("aws.partner/example com/42"))
            .refuses(SOURCE, of_partner(&long(257)))
            .takes(of_partner("aws.partner/example.com/42/orders_-.A"))
            .takes(of_partner(&long(256)))
            .takes(stack([EventBus::builder("orders").archivation(Archivation::builder().retention_days(0))])),
        rule("event_bus::source_twice")
            .refuses("resources.returns.eventSourceName", of_partners("aws.partner/example.com/42", "aws.partner/example.com/42"))
            .saying(
                "found the event source `aws.partner/example.com/42` a second time, expected it on `orders` alone",
                "use the bus `orders`",
            )
            .takes(of_partners("aws.partner/example.com/42", "aws.partner/example.com/43")),
    ]
}
