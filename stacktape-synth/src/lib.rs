//! How a stack becomes CloudFormation.
pub mod cfn;
