//! Mistakes in `iamRoleStatements`.

use serde_json::json;

use super::planting::{Mistake, Planting, WORKLOAD};
use crate::iam::Statement;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("iam::no_action", WORKLOAD, |planting| statements(planting, [Statement::allow([""; 0], ["*"])]) + ".Action"),
    Mistake::new("iam::action", WORKLOAD, |planting| {
        let action = planting.one(&["GetObject", "", "s3:", "s3:Get Object", "s*:GetObject"]);
        statements(planting, [Statement::allow(["s3:PutObject", action], ["*"])]) + ".Action[1]"
    }),
    Mistake::new("iam::no_resource", WORKLOAD, |planting| statements(planting, [Statement::deny(["s3:GetObject"], [""; 0])]) + ".Resource"),
    Mistake::new("iam::resource", WORKLOAD, |planting| {
        let resource = planting.one(&["photos", "", "*photos", "arn:aws:s3", "arn:aws:*:::photos", "arn::s3:::photos", "arn:aws:s3:::"]);
        statements(planting, [Statement::allow(["s3:GetObject"], ["*", resource])]) + ".Resource[1]"
    }),
    Mistake::new("iam::sid", WORKLOAD, |planting| {
        let sid = planting.text(&["read photos", &"a".repeat(129), "ä"]);
        statements(planting, [read().sid(sid)]) + ".Sid"
    }),
    Mistake::new("iam::duplicate_sid", WORKLOAD, |planting| statements(planting, [read().sid("Planted"), read().sid("Planted")]) + ".Sid"),
    Mistake::new("iam::condition", WORKLOAD, |planting| {
        let condition = planting.one(&[json!("aws:SourceAccount"), json!([]), json!(null), json!(1)]);
        statements(planting, [read().condition(condition)]) + ".Condition"
    }),
];

fn read() -> Statement {
    Statement::allow(["s3:GetObject"], ["*"])
}

/// Gives a workload these statements too; the path is that of the last one.
fn statements(planting: &mut Planting<'_>, statements: impl IntoIterator<Item = Statement>) -> String {
    let (workload, path) = planting.workload();
    workload.iam_role_statements.extend(statements);
    format!("{path}.iamRoleStatements[{}]", workload.iam_role_statements.len() - 1)
}
