//! What a container says of itself.

use stacktape_model::container::{ContainerLogs, RETENTION_DAYS};

use crate::support::{Rule, named, rule, running, web};

pub(crate) fn rules() -> Vec<Rule> {
    let long = "a".repeat(256);
    let mut retention = rule("logging::retention_days")
        .refuses("resources.api.containers[0].logging.retentionDays", running([web().logging(ContainerLogs::retained(91))]))
        .saying(
            "found a retention of 91 days, expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, \
             2192, 2557, 2922, 3288, 3653",
            "write 90",
        )
        .refuses("resources.api.containers[0].logging.retentionDays", running([web().logging(ContainerLogs::retained(0))]))
        .refuses("resources.api.containers[0].logging.retentionDays", running([web().logging(ContainerLogs::retained(3654))]))
        .takes(running([web().logging(ContainerLogs::Disabled)]));
    for days in RETENTION_DAYS {
        retention = retention.takes(running([web().logging(ContainerLogs::retained(days))]));
    }
    vec![
        rule("container::name")
            .refuses("resources.api.containers[0].name", running([named("web server")]))
            .saying("found the container name `web server`, expected 1 to 255 letters, digits, `-` and `_`", "leave out everything else")
            .refuses("resources.api.containers[0].name", running([named("")]))
            .refuses("resources.api.containers[0].name", running([named("wéb")]))
            .refuses("resources.api.containers[0].name", running([named(&long)]))
            .takes(running([named(&long[..255])]))
            .takes(running([named("1_Web-Server")])),
        rule("container::stop_timeout")
            .refuses("resources.api.containers[0].stopTimeout", running([web().stop_timeout(121)]))
            .saying("found a stop timeout of 121 s, expected 2 to 120 s", "write `.stop_timeout(120)` for the longest one")
            .refuses("resources.api.containers[0].stopTimeout", running([web().stop_timeout(1)]))
            .refuses("resources.api.containers[0].stopTimeout", running([web().stop_timeout(0)]))
            .takes(running([web().stop_timeout(120)]))
            .takes(running([web().stop_timeout(2)]))
            .takes(running([web()])),
        retention,
    ]
}
