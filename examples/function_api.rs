//! An HTTP API without a server: functions that list, read and write accounts of a table, one that says who may write, and one with a
//! URL of its own.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("mainGateway").cors(HttpApiCors::builder()).payload_format(PayloadFormat::V2).build();
    let accounts = DynamoDbTable::builder("accounts", KeyAttribute::string("id")).build();
    let keys = DynamoDbTable::builder("keys", KeyAttribute::string("id")).build();
    let check_key = Function::builder("checkKey", Package::artifact("examples/apps/accounts/check-key", "index:handler"))
        .runtime(Runtime::NodeJs24)
        .memory(Memory::mib(256))
        .timeout(5)
        .connect_to(&keys)
        .build();
    let by_key = Authorizer::lambda(check_key.arn()).identity_source("$request.header.X-Api-Key").cache_result_seconds(60);
    let list = Function::builder("listAccounts", Package::artifact("examples/apps/accounts/accounts", "index:list"))
        .runtime(Runtime::NodeJs24)
        .event(HttpApiIntegration::new(&gateway, Method::Get, "/accounts"))
        .connect_to(&accounts);
    let one = Function::builder("oneAccount", Package::artifact("examples/apps/accounts/accounts", "index:one"))
        .runtime(Runtime::NodeJs24)
        .event(HttpApiIntegration::new(&gateway, Method::Get, "/accounts/{id}"))
        .event(HttpApiIntegration::new(&gateway, Method::Put, "/accounts/{id}").authorizer(by_key))
        .connect_to(&accounts);
    let report = Function::builder("report", Package::artifact("examples/apps/accounts/report", "main:handler"))
        .runtime(Runtime::Python313)
        .architecture(Architecture::Arm64)
        .url(FunctionUrl::builder())
        .event(ScheduleEvent::new("cron(0 6 * * ? *)"))
        .connect_to(&accounts)
        .build();
    stack.output(Output::new("url", gateway.url())).output(Output::new("reportUrl", report.url()));
    stack.add(gateway).add(accounts).add(keys).add(check_key).add(list).add(one).add(report);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("accounts").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
