//! Names: what users may call things, and the names that are made from theirs.

use crate::check::Check;

/// Mistakes in names.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "name")]
#[non_exhaustive]
pub enum NameIssue {
    /// The name of a resource becomes part of logical ids, which take letters and digits only.
    #[error("found the resource name `{name}`, expected 1 to 100 letters and digits of ASCII, the first one a letter")]
    #[issue(
        help = "write a name such as `{suggestion}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html"
    )]
    Resource {
        /// What was found.
        name: String,
        /// The same without what is not allowed.
        suggestion: String,
    },
    /// Two resources with one name cannot be told apart.
    #[error("found a second resource with the name `{name}`, expected each name once")]
    #[issue(help = "rename one of the two; the other one is written at {other}")]
    Duplicate {
        /// The name.
        name: String,
        /// Where the other one is written.
        other: String,
    },
    /// Logical ids begin with a capital: names that differ only in their first letter's case become the same id.
    #[error("found the names `{name}` and `{other}`, expected names that differ in more than the case of the first letter")]
    #[issue(help = "rename `{name}`: both would have logical ids that begin with `{pascal}`")]
    Ambiguous {
        /// The name.
        name: String,
        /// The name it is taken for.
        other: String,
        /// What both become.
        pascal: String,
    },
    /// Resources of the stack itself (its VPC, its cluster) have logical ids that begin with `Stp`.
    #[error("found the resource name `{name}`, expected one that does not begin with `stp`, which is kept for what resources share")]
    #[issue(help = "rename it, for example to `{suggestion}`")]
    Reserved {
        /// What was found.
        name: String,
        /// The same with another beginning.
        suggestion: String,
    },
    /// The project is part of the stack's name.
    #[error("found the project name `{project}`, expected lower-case letters, digits and `-`, the first one a letter")]
    #[issue(
        help = "write a name such as `{suggestion}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"
    )]
    Project {
        /// What was found.
        project: String,
        /// The same without what is not allowed.
        suggestion: String,
    },
    /// The stage is part of the stack's name.
    #[error("found the stage `{stage}`, expected lower-case letters, digits and `-`")]
    #[issue(
        help = "write a stage such as `{suggestion}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"
    )]
    Stage {
        /// What was found.
        stage: String,
        /// The same without what is not allowed.
        suggestion: String,
    },
    /// A stage of one letter says too little.
    #[error("found the stage `{stage}`, expected at least 2 characters")]
    #[issue(help = "write a stage such as `dev` or `production`")]
    StageTooShort {
        /// What was found.
        stage: String,
    },
    /// CloudFormation's own limit of a stack's name.
    #[error("found the stack name `{stack}` of {found} characters, expected at most 128")]
    #[issue(
        help = "shorten the project name or the stage",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"
    )]
    StackTooLong {
        /// The name.
        stack: String,
        /// Its length.
        found: usize,
    },
}

/// The longest resource name: logical ids end at 255 characters, and two names can stand in one.
const RESOURCE_NAME_MAX: usize = 100;
const STACK_NAME_MAX: usize = 128;

/// Checks the name of a resource.
pub(crate) fn check_resource(name: &str, at: &mut Check<'_>) {
    let begins_well = name.chars().next().is_some_and(|first| first.is_ascii_alphabetic());
    if !begins_well || !name.chars().all(|letter| letter.is_ascii_alphanumeric()) || name.len() > RESOURCE_NAME_MAX {
        let suggestion = suggestion(name, |letter| letter.is_ascii_alphanumeric(), "myResource");
        at.report(&NameIssue::Resource { name: name.to_owned(), suggestion });
    } else if pascal(name).starts_with("Stp") {
        at.report(&NameIssue::Reserved { name: name.to_owned(), suggestion: format!("app{}", pascal(name)) });
    }
}

/// Checks the names of project and stage, and of the stack that they make.
pub(crate) fn check_stack(project: &str, stage: &str, at: &mut Check<'_>) {
    let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let lower = |text: &str, or| suggestion(&text.to_lowercase(), allowed, or);
    if !project.chars().all(allowed) || !project.starts_with(|first: char| first.is_ascii_lowercase()) {
        at.field("projectName").report(&NameIssue::Project { project: project.to_owned(), suggestion: lower(project, "my-project") });
    }
    if !stage.chars().all(allowed) {
        at.field("stage").report(&NameIssue::Stage { stage: stage.to_owned(), suggestion: lower(stage, "dev") });
    } else if stage.len() < 2 {
        at.field("stage").report(&NameIssue::StageTooShort { stage: stage.to_owned() });
    }
    let found = project.len() + 1 + stage.len();
    if found > STACK_NAME_MAX {
        at.field("projectName").report(&NameIssue::StackTooLong { stack: format!("{project}-{stage}"), found });
    }
}

fn suggestion(name: &str, allowed: impl Fn(char) -> bool, otherwise: &str) -> String {
    let kept: String = name.chars().filter(|letter| allowed(*letter)).take(RESOURCE_NAME_MAX).collect();
    let kept = kept.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
    if kept.len() < 2 { otherwise.to_owned() } else { kept.to_owned() }
}

/// A name as logical ids carry it: words that are split by anything but letters and digits, each with a
/// capital. `api-container` becomes `ApiContainer`.
pub fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    push_pascal(&mut out, name);
    out
}

/// [`pascal`], at the end of a text.
pub fn push_pascal(out: &mut String, name: &str) {
    let mut begins = true;
    for byte in name.bytes() {
        if !byte.is_ascii_alphanumeric() {
            begins = true;
        } else if std::mem::take(&mut begins) {
            out.push(byte.to_ascii_uppercase().into());
        } else {
            out.push(byte.into());
        }
    }
}

/// The variable that tells a workload about a parameter of a resource it is connected to:
/// `STP_{RESOURCE}_{PARAMETER}` in upper snake case.
pub fn environment_variable(resource: &str, parameter: &str) -> String {
    let letters: Vec<char> = format!("STP_{resource}_{parameter}").chars().collect();
    let mut out = String::with_capacity(letters.len() + 8);
    for (index, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            if !out.ends_with('_') {
                out.push('_');
            }
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1).copied();
        let word_begins = letter.is_uppercase() && before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit());
        let acronym_ends = letter.is_uppercase() && before.is_some_and(char::is_uppercase) && after.is_some_and(char::is_lowercase);
        if (word_begins || acronym_ends) && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(letter.to_uppercase());
    }
    out.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_follow_the_normative_table() {
        for (resource, parameter, expected) in [
            ("myDatabase", "connectionString", "STP_MY_DATABASE_CONNECTION_STRING"),
            ("myEventBus", "arn", "STP_MY_EVENT_BUS_ARN"),
            ("photosBucket", "name", "STP_PHOTOS_BUCKET_NAME"),
            ("myDB", "jdbcConnectionString", "STP_MY_DB_JDBC_CONNECTION_STRING"),
            ("DBMain", "host", "STP_DB_MAIN_HOST"),
            ("userDBCluster", "port", "STP_USER_DB_CLUSTER_PORT"),
            ("APIGateway", "url", "STP_API_GATEWAY_URL"),
            ("myS3Bucket", "name", "STP_MY_S3_BUCKET_NAME"),
            ("bucket2", "arn", "STP_BUCKET2_ARN"),
            ("bucket2Copy", "arn", "STP_BUCKET2_COPY_ARN"),
            ("v2API", "arn", "STP_V2_API_ARN"),
            ("api2v3", "arn", "STP_API2V3_ARN"),
            ("my1DB", "host", "STP_MY1_DB_HOST"),
            ("x2Y", "arn", "STP_X2_Y_ARN"),
            ("aB", "arn", "STP_A_B_ARN"),
            ("ABC", "arn", "STP_ABC_ARN"),
            ("a1B2c3D4", "arn", "STP_A1_B2C3_D4_ARN"),
            ("HTTPServer2XX", "arn", "STP_HTTP_SERVER2_XX_ARN"),
            ("IPv6Pool", "id", "STP_I_PV6_POOL_ID"),
            ("OAuth2Pool", "clientId", "STP_O_AUTH2_POOL_CLIENT_ID"),
            ("webAPIv2", "domain", "STP_WEB_AP_IV2_DOMAIN"),
            ("eventBusURLs", "arn", "STP_EVENT_BUS_UR_LS_ARN"),
            ("nextjs15App", "url", "STP_NEXTJS15_APP_URL"),
            ("myDb", "readReplica0Port", "STP_MY_DB_READ_REPLICA0_PORT"),
            ("lb", "port443", "STP_LB_PORT443"),
            ("myJob", "jobDefinitionArn", "STP_MY_JOB_JOB_DEFINITION_ARN"),
            ("my-db", "host", "STP_MY_DB_HOST"),
            ("my_db", "host", "STP_MY_DB_HOST"),
            ("web.loadBalancer", "domain", "STP_WEB_LOAD_BALANCER_DOMAIN"),
            ("kafkaTopic", "tcpEndpoint", "STP_KAFKA_TOPIC_TCP_ENDPOINT"),
        ] {
            assert_eq!(environment_variable(resource, parameter), expected, "{resource} {parameter}");
        }
    }

    #[test]
    fn logical_names_have_letters_and_digits_only() {
        for (name, expected) in [("apiServer", "ApiServer"), ("api-container", "ApiContainer"), ("a_b-2c", "AB2c"), ("", ""), ("ÄÖ", "")]
        {
            assert_eq!(pascal(name), expected);
        }
    }
}
