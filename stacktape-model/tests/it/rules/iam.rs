//! Statements that users add to a workload's role.

use serde_json::json;
use stacktape_model::iam::Statement;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::stack::Stack;

use crate::support::{Rule, api, rule, stack, web};

#[track_caller]
fn granting(statement: Statement) -> Stack {
    stack([api(web()).iam_role_statement(statement)])
}

#[track_caller]
fn doing(action: &str) -> Stack {
    granting(Statement::allow([action], ["*"]))
}

#[track_caller]
fn on(resource: &str) -> Stack {
    granting(Statement::allow(["s3:GetObject"], [resource]))
}

fn read() -> Statement {
    Statement::allow(["s3:GetObject"], ["*"])
}

pub(crate) fn rules() -> Vec<Rule> {
    const ACTION: &str = "resources.api.iamRoleStatements[0].Action[0]";
    const RESOURCE: &str = "resources.api.iamRoleStatements[0].Resource[0]";
    let long = "a".repeat(129);
    vec![
        rule("iam::no_action")
            .refuses("resources.api.iamRoleStatements[0].Action", granting(Statement::allow([""; 0], ["*"])))
            .saying("found no action, expected at least one", "name the actions, for example `s3:GetObject`")
            .takes(granting(read())),
        rule("iam::action")
            .refuses(ACTION, doing("GetObject"))
            .saying("found the action `GetObject`, expected `service:Name` or `*`", "write an action such as `s3:GetObject` or `s3:Get*`")
            .refuses(ACTION, doing(""))
            .refuses(ACTION, doing("s3:"))
            .refuses(ACTION, doing("s3:Get Object"))
            .refuses(ACTION, doing("s*:GetObject"))
            .takes(doing("s3:*"))
            .takes(doing("ec2:Describe*"))
            .takes(doing("execute-api:Invoke"))
            .takes(doing("s3:GetObject?ersion"))
            .takes(doing("*:*"))
            .takes(doing("*")),
        rule("iam::no_resource")
            .refuses("resources.api.iamRoleStatements[0].Resource", granting(Statement::deny(["s3:GetObject"], [""; 0])))
            .saying("found no resource, expected at least one", "name the ARNs that the actions are granted on")
            .takes(granting(Statement::deny(["s3:GetObject"], ["*"]))),
        rule("iam::resource")
            .refuses(RESOURCE, on("photos"))
            .saying(
                "found the resource `photos`, expected `*` or a whole ARN without a wildcard in its service",
                "write the ARN, or refer to the resource: `bucket.arn()`, `raw.get_att(\"Arn\")`",
            )
            .refuses(RESOURCE, on(""))
            .refuses(RESOURCE, on("*photos"))
            .refuses(RESOURCE, on("arn:aws:s3"))
            .refuses(RESOURCE, on("arn:aws:*:::photos"))
            .refuses(RESOURCE, on("arn::s3:::photos"))
            .refuses(RESOURCE, on("arn:aws:s3:::"))
            .takes(on("*"))
            .takes(on("arn:aws:s3:::photos*"))
            .takes(on("arn:aws:s3:::photos/*"))
            .takes(on("arn:*:s3:::*"))
            .takes(on("arn:aws:sqs:*"))
            .takes(on("arn:aws:logs:eu-west-1:123456789012:log-group:/app:*"))
            .takes(granting(Statement::allow(["sns:Publish"], [RawResource::new("Topic", "AWS::SNS::Topic").reference()]))),
        rule("iam::sid")
            .refuses("resources.api.iamRoleStatements[0].Sid", granting(read().sid("read photos")))
            .saying("found the statement id `read photos`, expected at most 128 letters and digits", "leave out everything else")
            .refuses("resources.api.iamRoleStatements[0].Sid", granting(read().sid(&long)))
            .takes(granting(read().sid(&long[..128])))
            .takes(granting(read().sid("Read2"))),
        rule("iam::duplicate_sid")
            .refuses(
                "resources.api.iamRoleStatements[1].Sid",
                stack([api(web()).iam_role_statements([read().sid("Read"), read().sid("Read")])]),
            )
            .saying("found the statement id `Read` a second time, expected each id once in a role", "rename one of the two")
            .takes(stack([api(web()).iam_role_statements([read().sid("Read"), read().sid("read"), read(), read()])])),
        rule("iam::condition")
            .refuses("resources.api.iamRoleStatements[0].Condition", granting(read().condition("aws:SourceAccount")))
            .saying(
                "found a condition that is no JSON object, expected operators with their keys and values",
                "write an object such as `{\"StringEquals\": {\"aws:SourceAccount\": \"123456789012\"}}`",
            )
            .refuses("resources.api.iamRoleStatements[0].Condition", granting(read().condition(json!([]))))
            .takes(granting(read().condition(json!({"Bool": {"aws:SecureTransport": "true"}})))),
    ]
}
