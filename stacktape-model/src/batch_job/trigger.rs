//! What starts a job when something happens: a function.

use super::BatchJob;
use crate::container::{ContainerLogs, EnvironmentVariable, RetainedLogs};
use crate::function::{Function, Package};
use crate::iam::Statement;
use crate::nested::Part;
use crate::resource::Resource;

/// Starts an execution with the event, and answers requests with what it has started. Lambda brings the client along.
const CODE: &str = "\
const { SFNClient, StartExecutionCommand } = require('@aws-sdk/client-sfn');

const client = new SFNClient({});

exports.handler = async (event) => {
  const input = JSON.stringify({ triggerEvent: JSON.stringify(event) });
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: process.env.STATE_MACHINE_ARN, input }));
  const headers = { 'content-type': 'application/json' };
  return { statusCode: 202, headers, body: JSON.stringify({ executionArn }), isBase64Encoded: false };
};
";

impl BatchJob {
    /// The function that starts the job, if something does.
    pub(crate) fn expand(&self) -> Vec<Resource> {
        if self.events.is_empty() {
            return Vec::new();
        }
        let machine = self.state_machine_arn();
        let start = Statement::allow(["states:StartExecution"], [machine.clone()]);
        let mut function = Function::builder(Part::TriggerFunction.of(&self.name), Package::Inline(CODE))
            // Lines of the job itself are forwarded, if any are.
            .logging(match &self.logging {
                ContainerLogs::Disabled => ContainerLogs::Disabled,
                ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding: _ }) => {
                    ContainerLogs::retained(*retention_days).into()
                }
            })
            .iam_role_statement(start)
            .events(self.events.iter().cloned())
            .build();
        function.environment.push(EnvironmentVariable::new("STATE_MACHINE_ARN", machine));
        function.origin = self.origin;
        vec![function.into()]
    }
}
