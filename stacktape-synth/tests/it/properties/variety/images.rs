//! What is met of images.

use stacktape_model::container::{
    CustomDockerfileParts, ExternalBuildpackParts, Image, ImageBuildpack, ImageBuildpackParts, LanguageConfig, NixpacksParts,
    NodeConfigParts, PrebuiltImageParts,
};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn image(&mut self, image: &Image) {
        match image {
            Image::Nixpacks(image) => {
                let NixpacksParts {
                    source_directory_path: _,
                    build_image,
                    providers,
                    start_cmd,
                    start_run_image,
                    start_only_include_files,
                    phases,
                } = image.parts();
                self.note("an image that Nixpacks builds in", build_image.is_some());
                self.note("providers", providers.is_some());
                self.note("command of Nixpacks", start_cmd.is_some());
                self.note("an image that Nixpacks runs in", start_run_image.is_some());
                self.note("files of Nixpacks", start_only_include_files.is_some());
                self.note("phases", phases.len() > 1);
            }
            Image::Prebuilt(image) => {
                let PrebuiltImageParts { image, command, entry_point, repository_credentials_secret_arn } = image.parts();
                self.text("image", image);
                self.note("command", !command.is_empty());
                self.note("entry point", !entry_point.is_empty());
                if let Some(arn) = repository_credentials_secret_arn {
                    self.text("credentials", arn);
                }
            }
            Image::CustomDockerfile(image) => {
                let CustomDockerfileParts { build_context_path: _, dockerfile_path, build_args, command, entry_point } = image.parts();
                self.note("dockerfile", dockerfile_path.is_some());
                self.note("build args", build_args.len() > 1);
                self.note("command of a built image", !command.is_empty());
                self.note("entry point of a built image", !entry_point.is_empty());
            }
            Image::Buildpack(image) => self.buildpack(image),
            Image::ExternalBuildpack(image) => {
                let ExternalBuildpackParts { source_directory_path: _, builder, buildpacks, command } = image.parts();
                self.note("a builder", builder.is_some());
                self.note("buildpacks", buildpacks.len() > 1);
                self.note("command of a buildpack", !command.is_empty());
            }
        }
    }

    fn buildpack(&mut self, image: &ImageBuildpack) {
        let ImageBuildpackParts {
            entryfile_path: _,
            include_files,
            exclude_files,
            exclude_dependencies,
            language,
            requires_glibc_binaries,
            custom_docker_build_commands,
            run_as_root,
        } = image.parts();
        if let Some(language) = image.source_language() {
            self.variant("sources in", &language);
        }
        self.note("included files", !include_files.is_empty());
        self.note("excluded files", !exclude_files.is_empty());
        self.note("excluded packages", !exclude_dependencies.is_empty());
        self.note("glibc", *requires_glibc_binaries);
        self.note("commands of a build", !custom_docker_build_commands.is_empty());
        self.note("root", *run_as_root);
        match language {
            None => self.note("default options", true),
            Some(LanguageConfig::Node(config)) => {
                let NodeConfigParts {
                    ts_config_path: _, // needs a file
                    emit_ts_decorator_metadata,
                    dependencies_to_exclude_from_bundle,
                    dependencies_to_exclude_from_deployment_package,
                    output_module_format,
                    node_version,
                    disable_source_maps,
                    output_source_maps_to,
                } = config.parts();
                let settings = [
                    *emit_ts_decorator_metadata,
                    !dependencies_to_exclude_from_bundle.is_empty(),
                    !dependencies_to_exclude_from_deployment_package.is_empty(),
                    output_module_format.is_some(),
                    node_version.is_some(),
                    *disable_source_maps,
                    output_source_maps_to.is_some(),
                ];
                for (index, setting) in settings.into_iter().enumerate() {
                    self.note(&format!("node setting {index}"), setting);
                }
            }
            Some(LanguageConfig::Python(config)) => {
                let parts = config.parts();
                self.note("python setting 0", parts.package_manager.is_some());
                self.note("python setting 1", parts.python_version.is_some());
                self.note("python setting 2", *parts.minify);
                if let Some(server) = parts.run_app_as {
                    self.variant("served by", server);
                }
            }
            Some(LanguageConfig::Java(config)) => self.note("java version", config.parts().java_version.is_some()),
            Some(LanguageConfig::Ruby(config)) => self.note("ruby version", config.ruby_version.is_some()),
            Some(LanguageConfig::Php(config)) => self.note("php version", config.php_version.is_some()),
            Some(LanguageConfig::DotNet(config)) => self.note("net version", config.parts().dotnet_version.is_some()),
        }
    }
}
