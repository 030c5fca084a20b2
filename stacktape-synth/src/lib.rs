//! How a stack becomes CloudFormation: plan, lowering, template, cloud assembly.
//!
//! ```text
//! ValidStack --plan--> Plan --lower--> fragments --merge--> Template --render--> Assembly
//! ```

pub mod assembly;
pub mod cfn;
mod codes;
mod fragment;
mod hash;
mod logical_id;
mod lower;
mod physical_name;
mod plan;
mod policy;
#[doc(hidden)]
pub mod stages;
mod synthesis;
mod target;
mod template;

pub use codes::codes;
pub use synthesis::{Synthesis, synthesize};
pub use target::Target;
pub use template::{Template, TemplateIssue};
