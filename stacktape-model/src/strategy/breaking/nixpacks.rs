//! Mistakes in images that Nixpacks makes.

use super::image::packaging;
use super::planting::{Mistake, Planting, WORKLOAD};
use crate::container::{Image, NixpacksPhase};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("nixpacks::image", WORKLOAD, |planting| {
        let image = planting.one(&["", "ubuntu jammy", "ubuntu:jammy\n"]);
        if planting.one(&[true, false]) {
            packaging(planting, Image::nixpacks(".").build_image(image)) + ".buildImage"
        } else {
            packaging(planting, Image::nixpacks(".").start_run_image(image)) + ".startRunImage"
        }
    }),
    Mistake::new("nixpacks::command", WORKLOAD, |planting| {
        let command = planting.one(&["", " ", "npm ci\nnpm test", "a\rb"]);
        if planting.one(&[true, false]) {
            packaging(planting, Image::nixpacks(".").start_cmd(command)) + ".startCmd"
        } else {
            phase(planting, NixpacksPhase::new("build").cmds(["true", command])) + ".cmds[1]"
        }
    }),
    Mistake::new("nixpacks::phase_name", WORKLOAD, |planting| {
        let name = planting.one(&["", " ", "a\nb"]);
        phase(planting, NixpacksPhase::new(name)) + ".name"
    }),
    Mistake::new("nixpacks::phase_twice", WORKLOAD, |planting| {
        let name = planting.one(&["setup", "lint"]);
        let phases = [name, name].map(NixpacksPhase::new);
        packaging(planting, Image::nixpacks(".").phases(phases)) + ".phases[1].name"
    }),
    Mistake::new("nixpacks::archive", WORKLOAD, |planting| {
        let archive = planting.one(&["", "../../main", "a b", "a\"b"]);
        phase(planting, NixpacksPhase::new("setup").nixpkgs_archive(archive)) + ".nixpkgsArchive"
    }),
];

/// Gives a container an image with one phase.
fn phase(planting: &mut Planting<'_>, phase: NixpacksPhase) -> String {
    packaging(planting, Image::nixpacks(".").phase(phase)) + ".phases[0]"
}
