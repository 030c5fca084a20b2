//! Messages of devices.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::document::words;
use crate::origin::Origin;

/// Calls the function with messages that devices send to AWS `IoT`. YAML: `iot`.
///
/// ```
/// use stacktape_model::function::IotEvent;
/// let hot = IotEvent::new("SELECT * FROM 'sensors/+/temperature' WHERE celsius > 60");
/// ```
///
/// **Creates** an `AWS::IoT::TopicRule`, which CloudFormation names, and the permission for this rule to call the function. A change
/// replaces both.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct IotEvent {
    /// Which messages, and what of them, in the SQL of AWS `IoT`. YAML: `sql`.
    #[required]
    pub sql: String,
    /// How the SQL is read. YAML: `sqlVersion`, default `2016-03-23`, which AWS recommends.
    pub sql_version: IotSqlVersion,
    /// Where the event is written.
    pub origin: Origin,
}

/// How AWS `IoT` reads SQL. YAML: `sqlVersion`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IotSqlVersion {
    /// As at first. YAML: `2015-10-08`.
    V2015,
    /// With nested objects and lists. YAML: `2016-03-23`.
    #[default]
    V2016,
    /// What may change at any time. YAML: `beta`.
    Beta,
}

words!(IotSqlVersion);

impl IotSqlVersion {
    /// Every version.
    pub const ALL: [Self; 3] = [Self::V2015, Self::V2016, Self::Beta];

    /// The version as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2015 => "2015-10-08",
            Self::V2016 => "2016-03-23",
            Self::Beta => "beta",
        }
    }
}

impl IotEvent {
    /// The messages that the SQL selects.
    #[track_caller]
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), sql_version: IotSqlVersion::default(), origin: Origin::here() }
    }

    /// Reads the SQL in another way. YAML: `sqlVersion`, default `2016-03-23`.
    pub fn sql_version(mut self, version: IotSqlVersion) -> Self {
        self.sql_version = version;
        self
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        // `FROM` may be left out, where devices name the rule; a statement may begin with `SET`.
        if !self.sql.to_ascii_uppercase().split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == "SELECT") {
            at.field("sql").report(&IotEventIssue::Sql);
        }
    }
}

/// Mistakes in events of devices.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "iot_event")]
#[non_exhaustive]
pub enum IotEventIssue {
    /// A rule selects something.
    #[error("found SQL without a `SELECT`, expected a statement that selects something of a topic")]
    #[issue(
        help = "write a statement such as `SELECT * FROM 'sensors/+/temperature'`",
        docs = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-reference.html"
    )]
    Sql,
}
