//! Alarms that go off.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::origin::Origin;
use crate::text::Text;

/// Calls the function when an alarm of CloudWatch goes off. YAML: `cloudwatch-alarm`.
///
/// ```
/// use stacktape_model::function::CloudwatchAlarmEvent;
/// let full = CloudwatchAlarmEvent::new("shop-dev-disk-full");
/// ```
///
/// The alarm is one of the stack's account and region, by its name in CloudWatch: `raw.reference()` of an `AWS::CloudWatch::Alarm` among
/// the raw resources, or the name of one outside of the stack.
///
/// **Creates** an `AWS::Events::Rule` of the default bus for the change to the state `ALARM`, and the permission to call the function. A
/// change replaces both, without an interruption.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct CloudwatchAlarmEvent {
    /// The alarm's name in CloudWatch, 1 to 255 characters. YAML: `alarmName`, such as `$CfResourceParam('DiskFull')`.
    #[required]
    pub alarm_name: Text,
    /// Where the event is written.
    pub origin: Origin,
}

const NAME_MAX: usize = 255;

impl CloudwatchAlarmEvent {
    /// The alarm with this name in CloudWatch.
    #[track_caller]
    pub fn new(alarm_name: impl Into<Text>) -> Self {
        Self { alarm_name: alarm_name.into(), origin: Origin::here() }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let is_name = |name: &str| (1..=NAME_MAX).contains(&name.chars().count()) && !name.starts_with("arn:");
        if let Some(name) = self.alarm_name.as_literal().filter(|name| !is_name(name)) {
            at.field("alarmName").report(&CloudwatchAlarmEventIssue::AlarmName { name: name.to_owned() });
        }
    }
}

/// Mistakes in events of alarms.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "cloudwatch_alarm_event")]
#[non_exhaustive]
pub enum CloudwatchAlarmEventIssue {
    /// CloudWatch's names of alarms.
    #[error("found the alarm `{name}`, expected a name of 1 to 255 characters, and no ARN")]
    #[issue(
        help = "write the alarm's name, such as `shop-dev-disk-full`",
        docs = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
    )]
    AlarmName {
        /// What was found.
        name: String,
    },
}
