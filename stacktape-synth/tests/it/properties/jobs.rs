//! Batch jobs: where their output goes.

use proptest::prelude::*;
use serde_json::json;
use stacktape_model::batch_job::BatchJob;
use stacktape_model::container::ContainerLogs;
use stacktape_model::resource::ResourceKind;

use super::{cases, id_begins, resources, stacks, template, validated};

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_output_of_a_job_goes_to_its_log_group_or_stays_on_the_instance(stack in stacks().kinds(&[ResourceKind::BatchJob]).batch_jobs(1..=3)) {
        let valid = validated(stack);
        let template = template(&valid);
        for job in valid.all::<BatchJob>() {
            let id = id_begins(job.name());
            let group = format!("{id}JobLogGroup");
            let silent = matches!(job.parts().logging, ContainerLogs::Disabled);
            prop_assert_eq!(resources(&template).contains_key(&group), !silent);
            let expected = if silent {
                json!({"LogDriver": "json-file", "Options": {"max-file": "2", "max-size": "10m"}})
            } else {
                let options = json!({"awslogs-group": {"Ref": group}, "awslogs-region": {"Ref": "AWS::Region"}, "awslogs-stream-prefix": "batch"});
                json!({"LogDriver": "awslogs", "Options": options})
            };
            let definition = &resources(&template)[&format!("{id}JobDefinition")]["Properties"];
            prop_assert_eq!(&definition["ContainerProperties"]["LogConfiguration"], &expected);
        }
    }
}
