//! Mistakes in images that are built of sources.

use super::image::packaging;
use super::planting::{Mistake, WORKLOAD};
use crate::container::{
    DotNetConfig, Image, JavaConfig, LanguageConfig, NodeConfig, PythonConfig, PythonPackageManager, PythonServer, PythonVersion,
    RubyConfig, RubyVersion,
};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("buildpack::extension", WORKLOAD, |planting| {
        let entry = planting.one(&["src/main.rs", "Makefile", "src/main.ts:app", "main.TS"]);
        packaging(planting, Image::buildpack(entry)) + ".entryfilePath"
    }),
    Mistake::new("buildpack::outside", WORKLOAD, |planting| {
        let path = planting.one(&["../main.ts", "/main.ts"]);
        match planting.one(&[0, 1, 2, 3]) {
            0 => packaging(planting, Image::buildpack(path)) + ".entryfilePath",
            1 => packaging(planting, Image::buildpack("main.go").include_file(path)) + ".includeFiles[0]",
            2 => packaging(planting, Image::buildpack("main.go").exclude_files(["fine", path])) + ".excludeFiles[1]",
            _ => {
                let config = NodeConfig::builder().ts_config_path(path);
                packaging(planting, Image::buildpack("main.ts").language(config)) + ".languageSpecificConfig.tsConfigPath"
            }
        }
    }),
    Mistake::new("buildpack::language", WORKLOAD, |planting| {
        let (entry, config): (_, LanguageConfig) = match planting.one(&[0, 1, 2]) {
            0 => ("main.py", NodeConfig::builder().into()),
            1 => ("main.ts", PythonConfig::builder().into()),
            _ => ("main.go", RubyConfig::version(RubyVersion::V3_3).into()),
        };
        packaging(planting, Image::buildpack(entry).language(config)) + ".languageSpecificConfig"
    }),
    Mistake::new("buildpack::node_version", WORKLOAD, |planting| {
        let version = planting.one(&[15, 25, 0, u16::MAX]);
        let config = NodeConfig::builder().node_version(version);
        packaging(planting, Image::buildpack("main.ts").language(config)) + ".languageSpecificConfig.nodeVersion"
    }),
    Mistake::new("buildpack::no_source_maps", WORKLOAD, |planting| {
        let config = NodeConfig::builder().disable_source_maps(true).output_source_maps_to("maps");
        packaging(planting, Image::buildpack("main.ts").language(config)) + ".languageSpecificConfig.outputSourceMapsTo"
    }),
    Mistake::new("buildpack::no_application", WORKLOAD, |planting| {
        let entry = planting.one(&["main.py", "app/main.py:"]);
        let server = planting.one(&PythonServer::ALL);
        let config = PythonConfig::builder().run_app_as(server);
        packaging(planting, Image::buildpack(entry).language(config)) + ".entryfilePath"
    }),
    Mistake::new("buildpack::no_server", WORKLOAD, |planting| packaging(planting, Image::buildpack("app/main.py:app")) + ".entryfilePath"),
    Mistake::new("buildpack::old_python", WORKLOAD, |planting| {
        let version = planting.one(&[PythonVersion::V3_7, PythonVersion::V2_7]);
        let config = PythonConfig::builder().python_version(version).package_manager(PythonPackageManager::Uv);
        packaging(planting, Image::buildpack("main.py").language(config)) + ".languageSpecificConfig.pythonVersion"
    }),
    Mistake::new("buildpack::package_manager_file", WORKLOAD, |planting| {
        let (entry, key, config): (_, _, LanguageConfig) = match planting.one(&[0, 1, 2]) {
            0 => ("main.py", "packageManagerFile", PythonConfig::builder().package_manager_file("uv.lock").into()),
            1 => ("Main.java", "packageManagerFile", JavaConfig::builder().use_maven(true).package_manager_file("build.gradle").into()),
            _ => ("Main.cs", "projectFile", DotNetConfig::builder().project_file("Api.sln").into()),
        };
        packaging(planting, Image::buildpack(entry).language(config)) + ".languageSpecificConfig." + key
    }),
    Mistake::new("buildpack::excluded_dependencies", WORKLOAD, |planting| {
        let entry = planting.one(&["main.go", "Main.java", "main.rb", "main.php", "Main.cs"]);
        packaging(planting, Image::buildpack(entry).exclude_dependency("x")) + ".excludeDependencies"
    }),
    Mistake::new("buildpack::empty_command", WORKLOAD, |planting| {
        let command = planting.one(&["", " \n"]);
        packaging(planting, Image::buildpack("main.go").custom_docker_build_commands(["true", command])) + ".customDockerBuildCommands[1]"
    }),
];
