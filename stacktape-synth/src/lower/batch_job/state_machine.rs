//! The state machine of a job: attempts, one after the other, and what lies between them.

use serde_json::{Value as Json, json};
use stacktape_model::batch_job::BatchJob;
use stacktape_model::stack::ValidStack;

use super::queue;
use crate::cfn::{Value, step_functions};
use crate::lower::state_machine::in_its_partition;
use crate::plan::Plan;
use crate::{logical_id, physical_name};

/// Step Functions' longest name.
const NAME_MAX: usize = 80;

/// The name of the state machine. It is known beforehand, so that what may start it need not wait for it.
fn name(job: &str, stack: &ValidStack) -> String {
    physical_name::of(stack.name(), &format!("{job}-batch-state-machine"), NAME_MAX)
}

/// The text of an `Fn::Sub`.
pub(super) fn arn(job: &str, stack: &ValidStack) -> String {
    format!("arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:stateMachine:{}", name(job, stack))
}

/// The text of an `Fn::Sub`.
pub(super) fn executions(job: &str, stack: &ValidStack) -> String {
    format!("arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:execution:{}:*", name(job, stack))
}

pub(super) fn lower(job: &BatchJob, plan: &Plan<'_>) -> step_functions::StateMachine {
    let definition = logical_id::batch_job_definition(job.name());
    let substitutions: [(&str, Value<Json>); 2] = [
        // With its revision: an execution runs one and the same job, also while a new one is deployed.
        ("jobDefinition", definition.reference().cast()),
        ("jobQueue", queue(job).cast()),
    ];
    step_functions::StateMachine::new(plan.shared.batch_state_machine_role.att_arn())
        .state_machine_name(name(job.name(), plan.stack))
        .state_machine_type(step_functions::state_machine::StateMachineType::Standard)
        .definition_string(in_its_partition(states(job, plan.stack).to_string().into()))
        .definition_substitutions(substitutions)
        .tags(plan.tags.list())
}

/// The input's own name of the job, if it has one. AWS Batch lets several jobs have one name.
fn job_name(job: &str, stack: &ValidStack) -> String {
    // AWS Batch's longest name of a job.
    let own = physical_name::of(stack.name(), job, 128);
    format!("{{% $exists($states.context.Execution.Input.jobName) ? $states.context.Execution.Input.jobName : '{own}' %}}")
}

/// What has started the execution: all of its input, where that does not say it by itself.
const TRIGGER_EVENT: &str = "{% $string($exists($states.context.Execution.Input.triggerEvent) ? \
                             $states.context.Execution.Input.triggerEvent : $states.context.Execution.Input) %}";

/// The attempts are states of their own, since each tells the job which one it is; `Retry` of a state could not.
fn states(job: &BatchJob, stack: &ValidStack) -> Json {
    let attempts = job.attempts();
    let state = |attempt: u16| format!("{}{attempt}", if *job.parts().use_spot_instances { "spot" } else { "onDemand" });
    let mut states = serde_json::Map::new();
    for attempt in 1..=attempts {
        let wait = format!("wait{attempt}");
        let seconds = job.seconds_after(attempt);
        let otherwise = match () {
            () if attempt == attempts => "fail".to_owned(),
            () if seconds == 0 => state(attempt + 1),
            () => {
                states.insert(wait.clone(), json!({"Type": "Wait", "Seconds": seconds, "Next": state(attempt + 1)}));
                wait
            }
        };
        let mut arguments = json!({
            "JobDefinition": "${jobDefinition}",
            "JobQueue": "${jobQueue}",
            "JobName": job_name(job.name(), stack),
            "ContainerOverrides": {"Environment": [
                {"Name": "STP_TRIGGER_EVENT_DATA", "Value": TRIGGER_EVENT},
                {"Name": "STP_MAXIMUM_ATTEMPTS", "Value": attempts.to_string()},
                {"Name": "STP_CURRENT_ATTEMPT", "Value": attempt.to_string()},
            ]},
        });
        if let Some(timeout) = job.parts().timeout {
            arguments["Timeout"] = json!({"AttemptDurationSeconds": timeout});
        }
        let task = json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::batch:submitJob.sync",
            "Arguments": arguments,
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": otherwise}],
            "Next": "succeed",
        });
        states.insert(state(attempt), task);
    }
    states.insert("succeed".into(), json!({"Type": "Succeed"}));
    states.insert("fail".into(), json!({"Type": "Fail", "Error": "JobFailed", "Cause": "Every attempt of the job has failed."}));
    json!({"QueryLanguage": "JSONata", "StartAt": state(1), "States": states})
}
