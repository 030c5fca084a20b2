//! What is met of batch jobs.

use stacktape_model::batch_job::{BatchJob, BatchJobParts, JobContainerParts, JobResourcesParts, RetryConfigParts};
use stacktape_model::container::{ContainerLogs, EnvironmentVariable, RetainedLogs};
use stacktape_model::reference::Connection;

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn job(&mut self, job: &BatchJob) {
        let BatchJobParts {
            name: _,
            container,
            resources,
            timeout,
            use_spot_instances,
            retry_config,
            logging,
            events,
            connect_to,
            iam_role_statements,
            overrides,
        } = job.parts();
        let JobContainerParts { packaging, environment } = container.parts();
        self.variant("job of", packaging);
        for EnvironmentVariable { name: _, value, origin: _ } in environment {
            self.variant("job variable", value);
        }
        let JobResourcesParts { cpu, memory, gpu } = resources.parts();
        self.note("job processors", *cpu > 1);
        self.note("job memory", memory.is_some());
        self.note("job gpu", gpu.is_some());
        self.note("job timeout", timeout.is_some());
        self.note("job spot", *use_spot_instances);
        if let Some(RetryConfigParts { attempts, retry_interval_seconds, retry_interval_multiplier }) =
            retry_config.as_ref().map(|config| config.parts())
        {
            self.note("job attempts", attempts.is_some_and(|attempts| attempts > 1));
            self.note("job waits", retry_interval_seconds.is_some());
            self.note("job multiplier", retry_interval_multiplier.is_some());
        }
        match logging {
            ContainerLogs::Disabled => self.note("job silent", true),
            ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding }) => {
                self.note("job retention", *retention_days != 90);
                self.note("job forwarding", log_forwarding.is_some());
            }
        }
        for event in events {
            self.variant("job event", event);
        }
        for connection in connect_to {
            match connection {
                Connection::AwsService(_) => self.note("job mails", true),
                Connection::Resource(target) => self.variant("job to", &target.kind),
            }
        }
        self.note("job statements", !iam_role_statements.is_empty());
        self.note("job overrides", !overrides.is_empty());
    }
}
