//! Variables of a container.

use serde_json::{Value as Json, json};
use stacktape_model::text::{Secret, Text};

use crate::support::{Rule, rule, running, web};

fn intrinsic(json: Json) -> Text {
    Text::Intrinsic(Box::new(json.into()))
}

pub(crate) fn rules() -> Vec<Rule> {
    const VALUE: &str = "resources.api.containers[0].environment[0].value";
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
        rule("environment::secret_written_out")
            .refuses(VALUE, running([web().env("KEY", "{{resolve:secretsmanager:db:SecretString:password}}")]))
            .saying(
                "found a dynamic reference to a secret in the variable `KEY`, expected a secret that ECS reads when the container starts",
                "write `Secret::new(\"name\").key(\"key\")`; as it stands, whoever may read the task definition sees the secret",
            )
            .refuses(VALUE, running([web().env("KEY", "{{resolve:ssm-secure:/db/password:1}}")]))
            .refuses(VALUE, running([web().env("URL", "postgres://shop:{{resolve:secretsmanager:db}}@db")]))
            .refuses(VALUE, running([web().env("URL", Text::joined(["postgres://".into(), "{{resolve:secretsmanager:db}}".into()]))]))
            .refuses(VALUE, running([web().env("KEY", intrinsic(json!({"Fn::Sub": "{{resolve:secretsmanager:${AWS::StackName}}}"})))]))
            .refuses(VALUE, running([web().env("KEY", intrinsic(json!({"Fn::Join": ["", ["{{resolve:ssm-secure:", "key:1}}"]]})))]))
            // A plain parameter is no secret, and neither is what is not resolved.
            .takes(running([web().env("HOST", "{{resolve:ssm:/db/host:3}}").env("SECRET", "resolve:secretsmanager:db")])),
    ]
}
