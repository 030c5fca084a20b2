//! What is met of state machines.

use stacktape_model::expression::Expression;
use stacktape_model::state_machine::{StateMachine, StateMachineParts};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn machine(&mut self, machine: &StateMachine) {
        let StateMachineParts { name: _, definition, state_machine_type, connect_to, iam_role_statements, overrides } = machine.parts();
        self.variant("machine", state_machine_type);
        self.note("machine connected", !connect_to.is_empty());
        self.note("machine granted", !iam_role_statements.is_empty());
        self.note("machine distributed", machine.is_distributed());
        self.note("overrides of a machine", !overrides.is_empty());
        for task in machine.tasks() {
            self.note(&format!("task {}", task.resource.rsplit(':').next().unwrap_or_default()), true);
        }
        let Expression::Map(fields) = definition else { panic!("a definition is a map") };
        self.note("machine in JSONata", fields.contains_key("QueryLanguage"));
    }
}
