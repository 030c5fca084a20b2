//! Capacity that is bought beforehand. YAML: `provisionedThroughput`.

use stacktape_macros::Keyed;

use super::DynamoDbTableIssue;
use crate::check::Check;

/// How much a table and each of its indexes can read and write. YAML: `provisionedThroughput`.
///
/// ```
/// use stacktape_model::dynamo_db_table::{CapacityScaling, ProvisionedThroughput};
/// let throughput = ProvisionedThroughput::new(5, 5).write_scaling(CapacityScaling::between(5, 100).keep_utilization_under(70));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Keyed)]
pub struct ProvisionedThroughput {
    /// Units for reading; where they are scaled, those to begin with. YAML: `readUnits`, at least 1.
    #[required]
    pub read_units: u32,
    /// Units for writing; where they are scaled, those to begin with. YAML: `writeUnits`, at least 1.
    #[required]
    pub write_units: u32,
    /// Lets the units for reading follow the load. YAML: `readScaling`.
    pub read_scaling: Option<CapacityScaling>,
    /// Lets the units for writing follow the load. YAML: `writeScaling`.
    pub write_scaling: Option<CapacityScaling>,
}

/// How far units follow the load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Keyed)]
pub struct CapacityScaling {
    /// YAML: `minUnits`, at least 1.
    #[required]
    pub min_units: u32,
    /// YAML: `maxUnits`, at least `minUnits`.
    #[required]
    pub max_units: u32,
    /// Percent of the units that are in use before there are more. YAML: `keepUtilizationUnder`, 20 to 90, default 90.
    pub keep_utilization_under: Option<u32>,
}

impl ProvisionedThroughput {
    /// So many units, always.
    pub const fn new(read_units: u32, write_units: u32) -> Self {
        Self { read_units, write_units, read_scaling: None, write_scaling: None }
    }

    /// Lets the units for reading follow the load. YAML: `readScaling`.
    pub const fn read_scaling(mut self, scaling: CapacityScaling) -> Self {
        self.read_scaling = Some(scaling);
        self
    }

    /// Lets the units for writing follow the load. YAML: `writeScaling`.
    pub const fn write_scaling(mut self, scaling: CapacityScaling) -> Self {
        self.write_scaling = Some(scaling);
        self
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        for (field, units) in [("readUnits", self.read_units), ("writeUnits", self.write_units)] {
            if units == 0 {
                at.field(field).report(&DynamoDbTableIssue::NoUnits);
            }
        }
        for (field, scaling) in [("readScaling", self.read_scaling), ("writeScaling", self.write_scaling)] {
            if let Some(scaling) = scaling {
                scaling.check(&mut at.field(field));
            }
        }
    }
}

/// The target where none is given.
pub const DEFAULT_UTILIZATION: u32 = 90;

impl CapacityScaling {
    /// From `min_units` to `max_units`.
    pub const fn between(min_units: u32, max_units: u32) -> Self {
        Self { min_units, max_units, keep_utilization_under: None }
    }

    /// Adds units when more than so many percent are in use. YAML: `keepUtilizationUnder`.
    pub const fn keep_utilization_under(mut self, percent: u32) -> Self {
        self.keep_utilization_under = Some(percent);
        self
    }

    fn check(self, at: &mut Check<'_>) {
        if self.min_units == 0 {
            at.field("minUnits").report(&DynamoDbTableIssue::NoUnits);
        }
        if self.max_units < self.min_units {
            at.field("maxUnits").report(&DynamoDbTableIssue::UnitBounds { min: self.min_units, max: self.max_units });
        }
        if let Some(found) = self.keep_utilization_under.filter(|percent| !(20..=90).contains(percent)) {
            at.field("keepUtilizationUnder").report(&DynamoDbTableIssue::Utilization { found });
        }
    }
}
