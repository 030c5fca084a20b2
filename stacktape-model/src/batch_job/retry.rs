//! How often a job is tried.

use stacktape_macros::model;

use super::BatchJobIssue;
use crate::check::Check;

/// Tries again what has failed. YAML: `retryConfig`.
///
/// ```
/// use stacktape_model::batch_job::RetryConfig;
/// // After 60, 120 and 240 seconds.
/// let patient = RetryConfig::builder().attempts(4).retry_interval_seconds(60).retry_interval_multiplier(2.0);
/// ```
#[model]
pub struct RetryConfig {
    /// How often the job is tried in all: 1 to 10. YAML: `attempts`, default 1.
    attempts: Option<u16>,
    /// How many seconds pass between the first attempt and the second. YAML: `retryIntervalSeconds`, default 0.
    retry_interval_seconds: Option<u32>,
    /// By how much each interval is longer than the one before: from 1. YAML: `retryIntervalMultiplier`, default 1.
    retry_interval_multiplier: Option<f64>,
}

const ATTEMPTS_MAX: u16 = 10;
const ATTEMPTS_DEFAULT: u16 = 1;
const MULTIPLIER_DEFAULT: f64 = 1.0;
/// An execution of a state machine ends after a year.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>
const EXECUTION_MAX: u32 = 31_536_000;

impl RetryConfig {
    /// How often the job is tried in all.
    pub(super) fn attempts(&self) -> u16 {
        self.attempts.unwrap_or(ATTEMPTS_DEFAULT)
    }

    /// How many seconds pass behind an attempt, which is counted from 1; never more than fit 32 bits.
    pub(super) fn seconds_after(&self, attempt: u16) -> u32 {
        let multiplier = self.retry_interval_multiplier.unwrap_or(MULTIPLIER_DEFAULT);
        let seconds = f64::from(self.retry_interval_seconds.unwrap_or_default()) * multiplier.powi(i32::from(attempt) - 1);
        // What is too large, or no number, stays within the type.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let seconds = seconds.round() as u32;
        seconds
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let attempts = self.attempts();
        if !(1..=ATTEMPTS_MAX).contains(&attempts) {
            at.field("attempts").report(&BatchJobIssue::Attempts { found: attempts });
        }
        if let Some(found) = self.retry_interval_multiplier.filter(|found| !found.is_finite() || *found < MULTIPLIER_DEFAULT) {
            return at.field("retryIntervalMultiplier").report(&BatchJobIssue::Multiplier { found });
        }
        let waits = (1..attempts.min(ATTEMPTS_MAX)).map(|attempt| u64::from(self.seconds_after(attempt)));
        let found = waits.sum::<u64>();
        if found > EXECUTION_MAX.into() {
            at.field("retryIntervalSeconds").report(&BatchJobIssue::LongWait { found });
        }
    }
}
