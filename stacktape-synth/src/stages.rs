//! The steps of [`synthesize`](crate::synthesize) one by one, for the benches of this repository. This is no part of the API: any
//! release may change it.

use stacktape_model::report::Report;
use stacktape_model::stack::ValidStack;

use crate::cfn::Node;
use crate::fragment::Fragment;
use crate::plan::Plan;
use crate::template::Template;

/// A plan.
#[allow(missing_debug_implementations)]
pub struct Planned<'a>(Plan<'a>);

/// What was lowered, not yet put together.
#[derive(Debug)]
pub struct Lowered(Vec<Fragment>, Vec<(String, Node)>);

/// Decides what the whole stack shares.
pub fn plan(stack: &ValidStack) -> Planned<'_> {
    Planned(Plan::of(stack))
}

/// Turns each resource into those of CloudFormation.
pub fn lower(stack: &ValidStack, plan: &Planned<'_>) -> Lowered {
    Lowered(crate::lower::lower(stack, &plan.0), crate::lower::outputs(&plan.0))
}

/// Puts the template together and checks it. It comes back even where it is refused, so that a stack past CloudFormation's limits
/// can be measured.
pub fn merge(stack: &ValidStack, lowered: Lowered) -> (Template, Report) {
    Template::merge(stack, lowered.0, lowered.1)
}
