#!/usr/bin/env bash
# Runs the measured stack through stacktape and through the AWS CDK, side by side. `run.sh 10` compares another number of workloads
# than 50; what npm installs goes below `target`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
workloads=${1:-50}
cd "$here/../.."

for tool in node npm; do
  command -v "$tool" >/dev/null || { echo "nothing is compared: install $tool, which is not here" >&2; exit 1; }
done
folder=${CARGO_TARGET_DIR:-target}/compare-cdk
mkdir -p "$folder"
cp "$here"/package.json "$here"/*.mjs "$folder"
npm install --prefix "$folder" --no-audit --no-fund --no-package-lock --silent

cargo bench --quiet --bench time -- --assembly "$workloads" >"$folder/template.json" 2>"$folder/nanoseconds"
node "$folder/compare.mjs" "$workloads" "$folder/template.json" "$(tail -n 1 "$folder/nanoseconds")"
