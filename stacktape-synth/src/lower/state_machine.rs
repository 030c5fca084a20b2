//! `state-machine` becomes a state machine of Step Functions with a role of its own.

mod task;

use stacktape_model::state_machine::{StateMachine, StateMachineParam, StateMachineParts, StateMachineType};

use crate::cfn::step_functions::{self, state_machine};
use crate::cfn::{Node, PropertyType, Value, iam, sub, sub_literal};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{expression, role};
use crate::plan::Plan;
use crate::policy::{self, Grant};

pub(super) fn lower(machine: &StateMachine, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let StateMachineParts {
        name,
        definition,
        state_machine_type,
        connect_to: _, // of the role, planned as `plan.access`
        iam_role_statements,
        overrides: _, // applied when the template is merged
    } = machine.parts();
    let (id, role_id) = (logical_id::state_machine(name), logical_id::state_machine_role(name));
    let tasks = task::grants(machine, plan);
    let tasks = (!tasks.is_empty()).then(|| iam::role::Policy::new(policy::document(tasks), "tasks"));
    let policies: Vec<_> = role::policies(name, iam_role_statements, plan).chain(tasks).collect();
    let role = iam::Role::new(policy::trust("states.amazonaws.com", Some(policy::machines_of_this_account())))
        .set_some((!policies.is_empty()).then_some(policies), iam::Role::policies)
        .tags(plan.tags.list());
    fragment.add(&role_id, role);
    let express = (*state_machine_type == StateMachineType::Express).then_some(state_machine::StateMachineType::Express);
    let resource = step_functions::StateMachine::new(role_id.att_arn())
        .definition_string(in_its_partition(expression::stringified(definition, plan.stack)))
        .set_some(express, step_functions::StateMachine::state_machine_type)
        .tags(plan.tags.list());
    fragment.add(&id, resource);
    if machine.is_distributed() {
        // Behind the state machine, since its role cannot know it before.
        let grants = vec![
            Grant::new(["states:StartExecution"], [id.reference()]),
            Grant::new(["states:DescribeExecution", "states:StopExecution"], [executions(name)]),
        ];
        let policy = iam::Policy::new(policy::document(grants), "map-runs").roles(vec![role_id.reference()]);
        fragment.add(&logical_id::map_run_policy(name), policy);
    }
}

/// A parameter of a state machine.
pub(super) fn param(machine: &str, param: StateMachineParam) -> Value<String> {
    let id = logical_id::state_machine(machine);
    match param {
        StateMachineParam::Arn => id.reference(),
        StateMachineParam::Name => id.att_name(),
    }
}

/// What a workload that is connected to the state machine may do. Executions of express workflows have no ARN that could be asked for.
pub(super) fn grants(machine: &StateMachine) -> Vec<Grant> {
    let arn = logical_id::state_machine(machine.name()).reference();
    if machine.is_express() {
        return vec![Grant::new(["states:StartExecution", "states:StartSyncExecution"], [arn])];
    }
    let on_executions = ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"];
    vec![Grant::new(["states:StartExecution", "states:ListExecutions"], [arn]), Grant::new(on_executions, [executions(machine.name())])]
}

/// The ARNs of the executions of a state machine of the stack.
fn executions(machine: &str) -> Value<String> {
    let id = logical_id::state_machine(machine);
    sub(format!("arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:execution:${{{}.Name}}:*", id.logical_id()))
}

/// Integrations are named in the partition where the machine runs, whichever one people copy from the documentation.
pub(super) fn in_its_partition(definition: Value<String>) -> Value<String> {
    const WRITTEN: &str = "arn:aws:states:::";
    const NAMED: &str = "arn:${AWS::Partition}:states:::";
    match definition.into_node() {
        Node::Text(text) if text.contains(WRITTEN) => sub(sub_literal(&text).replace(WRITTEN, NAMED)),
        Node::Sub(text, variables) => Value::from_node(Node::Sub(text.replace(WRITTEN, NAMED).into(), variables)),
        other => Value::from_node(other),
    }
}
