//! Variables of a container.

use stacktape_model::text::Secret;

use crate::support::{Rule, rule, running, web};

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        rule("environment::name")
            .refuses("resources.api.containers[0].environment[0].name", running([web().env("", "x")]))
            .saying("found the variable name ``, expected at least one character and no `=`", "write a name such as `PORT`")
            .refuses("resources.api.containers[0].environment[0].name", running([web().env("A=B", "x")]))
            .refuses("resources.api.containers[0].environment[0].name", running([web().env("A\0", "x")]))
            // Programs know such names, and ECS takes them.
            .takes(running([web().env("spring.datasource.url", "x").env("my-flag", true).env("ключ", "")])),
        rule("environment::duplicate")
            .refuses("resources.api.containers[0].environment[1].name", running([web().env("PORT", 80).env("PORT", 81)]))
            .saying("found the variable `PORT` a second time, expected each name once in a container", "leave one of the two out")
            // ECS refuses a name that is both a variable and a secret.
            .refuses("resources.api.containers[0].environment[1].name", running([web().env("KEY", "x").env("KEY", Secret::new("key"))]))
            .takes(running([web().env("PORT", 80).env("port", 81)])),
        rule("environment::not_a_number")
            .refuses("resources.api.containers[0].environment[0].value", running([web().env("RATIO", f64::NAN)]))
            .saying("found the number `NaN`, expected a finite one", "write the text that your program reads")
            .refuses("resources.api.containers[0].environment[0].value", running([web().env("RATIO", f64::INFINITY)]))
            .takes(running([web().env("RATIO", f64::MAX).env("TEXT", "NaN")])),
    ]
}
