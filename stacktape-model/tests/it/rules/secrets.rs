//! Secrets in a container's environment.

use stacktape_model::stack::Stack;
use stacktape_model::text::Secret;

use crate::support::{Rule, rule, running, web};

#[track_caller]
fn reading(secret: Secret) -> Stack {
    running([web().env("PASSWORD", secret)])
}

pub(crate) fn rules() -> Vec<Rule> {
    const AT: &str = "resources.api.containers[0].environment[0].value";
    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";
    let long = "a".repeat(513);
    vec![
        rule("secret::name")
            .refuses(AT, reading(Secret::new("db password")))
            .saying("found the secret name `db password`, expected 1 to 512 letters, digits and `/_+=.@-`", "write the secret's name or its ARN")
            .refuses(AT, reading(Secret::new("")))
            .refuses(AT, reading(Secret::new(&long)))
            .takes(reading(Secret::new(&long[..512])))
            .takes(reading(Secret::new("prod/db_1+a=b.c@d"))),
        rule("secret::arn")
            .refuses(AT, reading(Secret::new(format!("{ARN}:password::"))))
            .saying(
                "found `arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf:password::`, expected the ARN of a secret in \
                 Secrets Manager, without a key behind it",
                "write an ARN such as `arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf`, and the key as `.key(\"password\")`",
            )
            .refuses(AT, reading(Secret::new("arn:aws:ssm:eu-west-1:123456789012:parameter/password")))
            .refuses(AT, reading(Secret::new("arn:aws:secretsmanager:eu-west-1::secret:db")))
            .takes(reading(Secret::new(ARN)))
            .takes(reading(Secret::new(ARN).key("password"))),
        rule("secret::name_like_suffix")
            .refuses(AT, reading(Secret::new("db-secret")))
            .saying(
                "found the secret name `db-secret`, which ends in `-` and six characters like an ARN, expected a name without such an end, \
                 or the whole ARN",
                "write the secret's ARN",
            )
            .takes(reading(Secret::new("db-secrets")))
            .takes(reading(Secret::new("db-pass")))
            .takes(reading(Secret::new("dbsecret")))
            .takes(reading(Secret::new("db-sec_et"))),
        rule("secret::key")
            .refuses(AT, reading(Secret::new("db").key("user:password")))
            .saying("found the key `user:password`, expected at least one character and no `:`", "write the key of the secret's JSON object")
            .refuses(AT, reading(Secret::new("db").key("")))
            .takes(reading(Secret::new("db").key("p")))
            .takes(reading(Secret::new("db").key("{db} password"))),
    ]
}
