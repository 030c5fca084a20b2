#!/usr/bin/env bash
# Measures what a user waits for: the CPU seconds of a cold `cargo build` of a fresh program (the quickstart) that depends on this
# crate with its default features, and the wall time from an edit of its `main.rs` to the written template. The cold build is measured
# twice: without incremental compilation, as cargo builds what comes from a registry, and with it, as it builds what lies in a folder.
# How fast a machine is changes by the hour, so a program that needs `derive_builder` alone is built beside it, as the floor.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
edits=${1:-7}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset CARGO_TARGET_DIR RUSTFLAGS CARGO_INCREMENTAL CARGO_PROFILE_DEV_DEBUG
cd "$folder"
mkdir -p src examples/apps
cat >Cargo.toml <<TOML
[package]
name = "photos"
version = "0.1.0"
edition = "2024"

[dependencies]
stacktape = { path = "$repository" }

[workspace]
TOML
cp "$repository/examples/quickstart.rs" src/main.rs
cp -r "$repository/examples/apps/." examples/apps
cp "$repository/Cargo.lock" .

cargo fetch --quiet
cores=$(nproc)
TIMEFORMAT='%R %U %S'
cold() {
  local took
  took=$({ time cargo build --quiet; } 2>&1)
  awk -v cores="$cores" -v how="$1" '{ printf "cold build, %s: %.1f CPU s, %.1f s wall on %s cores\n", how, $2 + $3, $1, cores }' <<<"$took"
}
CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=registry cold "as from a registry"
(
  mkdir -p floor/src && cd floor
  printf '[package]\nname = "floor"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\nderive_builder = "0.20.2"\n\n[workspace]\n' >Cargo.toml
  printf '#[allow(dead_code)]\n#[derive(derive_builder::Builder)]\nstruct Photo {\n    name: String,\n}\n\nfn main() {}\n' >src/main.rs
  cargo fetch --quiet
  CARGO_INCREMENTAL=0 cold "of the floor"
)
cold "from a folder"
du -sh target | awk '{ print "target folder: " $1 }'

cargo run --quiet -- synth --out cdk.out >/dev/null
for edit in $(seq "$edits"); do
  # Something that the template shows, so that a stale program would be seen.
  sed -i "s/\"PORT\", [0-9]*/\"PORT\", $((4000 + edit))/" src/main.rs
  { time cargo run --quiet -- synth --out cdk.out >/dev/null; } 2>&1
  grep -q "\"$((4000 + edit))\"" cdk.out/*.template.json || { echo "the template is not that of edit $edit" >&2; exit 1; }
done | sort -n | awk '
  { wall[NR] = $1; cpu[NR] = $2 + $3 }
  END { printf "from an edit of main.rs to the written template: %.2f s wall (%.2f to %.2f, %d edits)\n", wall[int((NR + 1) / 2)], wall[1], wall[NR], NR }'
