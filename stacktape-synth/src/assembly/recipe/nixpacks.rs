//! Nixpacks: the tool finds out what the sources are and builds the image, by a plan that says what the user knows better.

use serde_json::{Map, Value as Json};
use stacktape_model::container::{Nixpacks, NixpacksParts, NixpacksPhase};

use super::super::docker::Platform;
use super::script::{Tool, quoted};
use super::{Files, SCRIPT};

/// What the user said, in the words of the tool.
const PLAN: &str = ".stacktape/nixpacks.json";

/// Docker runs this where the tool is not installed: it has no image of its own, so it is downloaded, as its installer does.
/// <https://nixpacks.com/docs/install>
const IN_DOCKER: &str = "\
public.ecr.aws/docker/library/docker:28-cli -c '
      echo \"nixpacks is not installed: Docker runs its version 1.41.0\" 1>&2
      from=https://github.com/railwayapp/nixpacks/releases/download/v1.41.0
      wget -q -O - \"$from/nixpacks-v1.41.0-$(uname -m)-unknown-linux-musl.tar.gz\" | tar -x -z -C /usr/local/bin || {
        echo \"cannot download nixpacks: install it, see https://nixpacks.com/docs/install\" 1>&2
        exit 1
      }
      exec nixpacks \"$@\"
    ' nixpacks";

/// The plan, and the script that builds an image and prints its name.
pub(in super::super) fn files(image: &Nixpacks, platform: Platform) -> Files {
    let arguments = [
        ".".to_owned(),
        "--name=\"$name\"".to_owned(),
        quoted(format!("--platform={}", platform.as_str())),
        // What one build keeps for the next belongs to the sources of this project, whatever is in them.
        format!("--cache-key=\"${{PWD%/*}}\"/{}", quoted(image.parts().source_directory_path)),
        // It goes before a `nixpacks.toml` in the sources, in whose place a file would go.
        format!("--json-plan=\"$(cat {PLAN})\""),
    ];
    let tool = Tool { name: "nixpacks", title: "Nixpacks", arguments: &arguments, docker: ("--entrypoint sh", IN_DOCKER) };
    vec![(SCRIPT, tool.script()), (PLAN, format!("{:#}\n", plan(image)))]
}

/// What is not said stays out, so that it is found out; what is said to be nothing does not.
/// <https://nixpacks.com/docs/configuration/file>
fn plan(image: &Nixpacks) -> Json {
    let NixpacksParts {
        source_directory_path: _, // where the script runs
        build_image,
        providers,
        start_cmd,
        start_run_image,
        start_only_include_files,
        phases,
    } = image.parts();
    let named = phases.iter().enumerate().map(|(index, phase)| (phase.name.as_str(), Some(plan_of(phases, index))));
    said(vec![
        ("buildImage", text(build_image.as_deref())),
        ("phases", Some(said(named.collect()))),
        ("providers", list(providers.as_deref())),
        (
            "start",
            Some(said(vec![
                ("cmd", text(start_cmd.as_deref())),
                ("onlyIncludeFiles", list(start_only_include_files.as_deref())),
                ("runImage", text(start_run_image.as_deref())),
            ])),
        ),
    ])
}

fn plan_of(phases: &[NixpacksPhase], index: usize) -> Json {
    let NixpacksPhase {
        name: _, // its key
        cmds,
        nix_pkgs,
        nix_libs,
        nix_overlay,
        nixpkgs_archive,
        apt_pkgs,
        cache_directories,
        only_include_files,
    } = &phases[index];
    let commands = cmds.as_ref().map(|cmds| cmds.iter().map(|command| command.trim()).collect());
    said(vec![
        ("aptPkgs", list(apt_pkgs.as_deref())),
        ("cacheDirectories", list(cache_directories.as_deref())),
        ("cmds", commands),
        ("dependsOn", list(depends_on(phases, index).as_deref())),
        ("nixLibs", list(nix_libs.as_deref())),
        ("nixOverlays", list(nix_overlay.as_deref())),
        ("nixPkgs", list(nix_pkgs.as_deref())),
        ("nixpkgsArchive", text(nixpkgs_archive.as_deref())),
        ("onlyIncludeFiles", list(only_include_files.as_deref())),
    ])
}

/// The phases that the tool knows, in the order that it gives them by itself.
const KNOWN: [&str; 3] = ["setup", "install", "build"];

/// The phases that one comes after. The tool orders phases of the user's own at random, unless it is told. It takes a phase that is
/// named twice for a circle, so what it does by itself is told only where the user's own phases come between.
fn depends_on(phases: &[NixpacksPhase], index: usize) -> Option<Vec<String>> {
    let rank = |phase: &NixpacksPhase| KNOWN.iter().position(|known| *known == phase.name);
    let before = phases[..index].last()?;
    let Some(own) = rank(&phases[index]) else { return Some(vec![before.name.clone()]) };
    let is_late = phases[..index].iter().any(|phase| rank(phase) > Some(own));
    if rank(before).is_some() || is_late {
        return None;
    }
    let known = own.checked_sub(1).map(|before| KNOWN[before].to_owned());
    Some(known.into_iter().chain([before.name.clone()]).collect())
}

fn text(text: Option<&str>) -> Option<Json> {
    text.map(|text| text.trim().into())
}

fn list(list: Option<&[String]>) -> Option<Json> {
    list.map(|list| list.iter().map(String::as_str).collect())
}

/// An object of what is said.
fn said(entries: Vec<(&str, Option<Json>)>) -> Json {
    let mut said = Map::new();
    for (key, value) in entries {
        if let Some(value) = value {
            said.insert(key.to_owned(), value);
        }
    }
    Json::Object(said)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use stacktape_model::container::Image;

    use super::*;

    #[test]
    fn the_plan_says_what_the_user_said_and_nothing_else() {
        assert_eq!(plan(&Image::nixpacks(".").build()), json!({"phases": {}, "start": {}}));
        let setup = NixpacksPhase {
            nix_overlay: Some(vec!["https://example.com/overlay.tar.gz".into()]),
            ..NixpacksPhase::new("setup").nix_pkgs(["...", "ffmpeg"]).nix_libs(["zlib"]).apt_pkgs(["jq"]).nixpkgs_archive("nixos-24.05")
        };
        let install = NixpacksPhase::new("install").cmds::<&str>([]);
        let build = NixpacksPhase::new("build").cmds(["npm run build\n"]).cache_directories(["/root/.npm"]).only_include_files(["src"]);
        let image = Image::nixpacks("api")
            .build_image("ubuntu:jammy")
            .providers::<&str>([])
            .start_cmd("node \"api.js\"\n")
            .start_run_image("debian")
            .start_only_include_files(["api.js"])
            .phases([setup, install, build]);
        let expected = json!({
            "buildImage": "ubuntu:jammy",
            "phases": {
                "build": {"cacheDirectories": ["/root/.npm"], "cmds": ["npm run build"], "onlyIncludeFiles": ["src"]},
                "install": {"cmds": []},
                "setup": {
                    "aptPkgs": ["jq"],
                    "nixLibs": ["zlib"],
                    "nixOverlays": ["https://example.com/overlay.tar.gz"],
                    "nixPkgs": ["...", "ffmpeg"],
                    "nixpkgsArchive": "nixos-24.05",
                },
            },
            "providers": [],
            "start": {"cmd": "node \"api.js\"", "onlyIncludeFiles": ["api.js"], "runImage": "debian"},
        });
        assert_eq!(plan(&image.build()), expected);
    }

    #[test]
    fn phases_of_the_users_own_come_in_the_order_of_writing() {
        let order = |names: &[&str]| -> Vec<String> {
            let phases: Vec<_> = names.iter().map(|name| NixpacksPhase::new(*name)).collect();
            let before = (0..phases.len()).map(|index| depends_on(&phases, index).unwrap_or_default().join("+"));
            before.collect()
        };
        assert_eq!(order(&["setup", "install", "build"]), ["", "", ""]);
        assert_eq!(order(&["setup", "migrate", "lint", "build"]), ["", "setup", "migrate", "install+lint"]);
        assert_eq!(order(&["lint", "setup"]), ["", "lint"]);
        // What the tool does the other way round stays as it is: a circle would be refused.
        assert_eq!(order(&["build", "lint", "setup", "install"]), ["", "build", "", ""]);
    }

    #[cfg(unix)]
    #[test]
    fn the_script_prints_the_name_and_nothing_else() {
        use super::super::script::tests::told;
        let image = Image::nixpacks("services/it's mine").start_cmd("echo \"$HOME\"").build();
        let files = files(&image, Platform::LinuxArm64);
        let plan = "{\n  \"phases\": {},\n  \"start\": {\n    \"cmd\": \"echo \\\"$HOME\\\"\"\n  }\n}";
        let arguments =
            format!("build|.|--name=stacktape/asset.abc|--platform=linux/arm64|--cache-key=~/services/it's mine|--json-plan={plan}|");
        assert_eq!(told(&files, "nixpacks"), ("stacktape/asset.abc\n".to_owned(), arguments.clone()));
        let (name, told) = told(&files, "docker");
        assert_eq!(name, "stacktape/asset.abc\n");
        assert!(told.starts_with("run|--rm|--entrypoint|sh|--workdir|/workspace|--volume|~/asset.abc:/workspace|"), "{told}");
        assert!(told.contains("|public.ecr.aws/docker/library/docker:28-cli|-c|\n") && told.contains("install it, see"), "{told}");
        assert!(told.ends_with(&format!("|nixpacks|{arguments}")), "{told}");
    }
}
