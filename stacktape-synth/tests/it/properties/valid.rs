//! What validates is rendered.

use std::path::Path;

use proptest::prelude::*;
use stacktape_model::batch_job::BatchJob;
use stacktape_model::container::Image;
use stacktape_model::function::Function;
use stacktape_model::resource::ResourceType;
use stacktape_synth::assembly::assemble;
use stacktape_synth::{Target, synthesize};

use super::{cases, is_empty, stacks, validated};

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn nothing_is_found_in_a_valid_stack(stack in stacks()) {
        let valid = validated(stack);
        prop_assert!(valid.warnings().is_empty(), "{}", valid.warnings());
        let empty = is_empty(&valid);
        match synthesize(&valid) {
            Ok(synthesis) => prop_assert!(synthesis.warnings.is_empty() && !empty, "{}", synthesis.warnings),
            Err(report) => {
                let codes: Vec<_> = report.iter().map(|finding| finding.code.code).collect();
                prop_assert!(empty && codes.contains(&"template::empty"), "{}", report);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn every_image_that_is_built_is_part_of_the_assembly(stack in stacks().workloads(1..=2)) {
        let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/apps");
        let built = validated(stack.clone()).workloads().flat_map(|workload| workload.containers().to_vec()).filter(|container| {
            !matches!(container.parts().packaging, Image::Prebuilt(_))
        }).count();
        let jobs = stack.resources().iter().filter_map(BatchJob::of);
        let jobs = jobs.filter(|job| !matches!(job.container().parts().packaging, Image::Prebuilt(_))).count();
        let functions = stack.resources().iter().filter_map(Function::of).count();
        let assembly = assemble(stack, &Target::new("shop", "dev").project_directory(apps), "cdk.out".as_ref()).expect("a valid stack");
        prop_assert_eq!(assembly.images().len(), built + jobs);
        prop_assert_eq!(assembly.files().len(), functions);
    }
}
