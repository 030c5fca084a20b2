// Usage: compare.mjs WORKLOADS TEMPLATE NANOSECONDS
// Times the CDK from nothing to a written cloud assembly, in process and warmed up, and prints it beside what stacktape took for the
// stack in TEMPLATE. Says so and fails where the two sides did not make the same resources with the same properties.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { build } from "./stack.mjs";

const [workloads, template, nanoseconds] = process.argv.slice(2);
const outdir = join(mkdtempSync(join(tmpdir(), "compare-cdk-")), "cdk.out");

// What stacktape does not write either is switched off.
function synthesize() {
  const app = new App({ analyticsReporting: false, treeMetadata: false, outdir });
  const stack = build(app, Number(workloads));
  return app.synth().getStackArtifact(stack.artifactId).template;
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

// The properties of all resources, whatever their ids and their order: tags are sorted, and ids are left out.
function shape({ Resources: resources }) {
  const ids = new Set(Object.keys(resources));
  const plain = (value, key) => {
    if (Array.isArray(value)) {
      const items = value.map((item) => plain(item));
      return key === "Tags" || key === "DependsOn" ? items.map((item) => JSON.stringify(item)).sort() : items;
    }
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.keys(value).sort().map((name) => [name, plain(value[name], name)]));
    }
    return ids.has(value) ? "id" : value;
  };
  return Object.values(resources).map((resource) => JSON.stringify(plain(resource))).sort();
}

const ours = shape(JSON.parse(readFileSync(template, "utf8")));
const theirs = shape(synthesize());
const different = ours.filter((resource, index) => resource !== theirs[index]);
if (ours.length !== theirs.length || different.length > 0) {
  console.error(`the stacks differ: ${ours.length} and ${theirs.length} resources`);
  console.error(different.slice(0, 3), theirs.filter((resource) => !ours.includes(resource)).slice(0, 3));
  process.exit(1);
}

for (let warm = 0; warm < 10; warm += 1) synthesize();
const times = [];
for (let run = 0; run < 30; run += 1) {
  const start = process.hrtime.bigint();
  synthesize();
  times.push(Number(process.hrtime.bigint() - start));
}
rmSync(join(outdir, ".."), { recursive: true });

const row = (name, took) => {
  const each = (took / 1000 / ours.length).toFixed(2);
  console.log(`${name.padEnd(34)}${(took / 1e6).toFixed(2).padStart(10)} ms${each.padStart(10)} us a resource`);
};
const cdk = median(times);
console.log(`${workloads} workloads, ${ours.length} resources, from nothing to a written cloud assembly`);
row("stacktape", Number(nanoseconds));
row("aws-cdk-lib, L1 constructs", cdk);
console.log(`ratio ${(cdk / Number(nanoseconds)).toFixed(0)}`);
