// Runs while an image is built: makes one file of a program and all that it imports, in /out. Packages that cannot be in it, because
// they have native parts or read files of their own, go into /out/node_modules with all that they need.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const HOME = process.env.STACKTAPE_TOOLS ?? '/opt/stacktape';
const OUT = process.env.STACKTAPE_OUT ?? '/out';
const tools = createRequire(join(HOME, 'index.js'));
const esbuild = tools('esbuild');
const options = JSON.parse(readFileSync('.stacktape/bundle.json', 'utf8'));

// Packages that load files at run time in ways that no bundler sees, and have no native part of their own to tell them by.
const NOT_BUNDLED = new Set([
  '@prisma/client', 'aws-crt', 'dd-trace', 'mongodb-client-encryption', 'newrelic', 'pg-native', 'playwright', 'playwright-core', 'prisma',
  'puppeteer', 'puppeteer-core', 'sharp', 'canvas',
]);
const BUILT_IN = new Set(builtinModules);

const without = new Set(options.without);
const beside = new Set(options.beside);
const found = new Map();

/** `@scope/name` of `@scope/name/file.js`. */
function packageName(path) {
  return path.split('/').slice(0, path.startsWith('@') ? 2 : 1).join('/');
}

/** The directory of a package as it is seen from another directory. */
function packageDirectory(name, from) {
  for (let directory = from; ; directory = dirname(directory)) {
    const candidate = join(directory, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (directory === dirname(directory)) return undefined;
  }
}

function manifest(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}

/** Whether a package has a part that was compiled for one processor. */
function isNative(directory) {
  const { gypfile, binary, dependencies = {} } = manifest(directory);
  const builders = ['node-gyp-build', 'prebuild-install', 'bindings', '@mapbox/node-pre-gyp', 'node-addon-api', 'nan'];
  return (
    gypfile === true ||
    binary !== undefined ||
    ['binding.gyp', 'prebuilds'].some((file) => existsSync(join(directory, file))) ||
    readdirSync(directory).some((file) => file.endsWith('.node')) ||
    builders.some((builder) => builder in dependencies)
  );
}

const external = {
  name: 'packages that are not bundled',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
      const name = packageName(path);
      if (kind === 'entry-point' || path.startsWith('node:') || BUILT_IN.has(name)) return undefined;
      if (without.has(name)) return { path, external: true };
      const directory = packageDirectory(name, resolveDir);
      if (directory === undefined) return undefined;
      if (beside.has(name) || NOT_BUNDLED.has(name) || isNative(directory)) {
        found.set(name, resolveDir);
        return { path, external: true };
      }
      return undefined;
    });
  },
};

/** esbuild does not know the types that decorators tell; the compiler of TypeScript does. */
const decorators = {
  name: 'types of decorators',
  setup(build) {
    const typescript = tools('typescript');
    const settings = (file) => {
      const path = options.tsconfig ? resolve(options.tsconfig) : typescript.findConfigFile(dirname(file), existsSync);
      if (path === undefined) return {};
      const read = typescript.readConfigFile(path, typescript.sys.readFile);
      return typescript.parseJsonConfigFileContent(read.config ?? {}, typescript.sys, dirname(path)).options;
    };
    build.onLoad({ filter: /\.[mc]?tsx?$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (path.includes('/node_modules/') || !text.includes('@')) return undefined;
      const compilerOptions = {
        ...settings(path),
        declaration: false,
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
        inlineSourceMap: options.sourceMaps,
        inlineSources: options.sourceMaps,
        isolatedModules: true,
        module: typescript.ModuleKind.ESNext,
        noEmit: false,
        sourceMap: false,
      };
      const { outputText } = typescript.transpileModule(text, { compilerOptions, fileName: path });
      return { contents: outputText, loader: path.endsWith('x') ? 'jsx' : 'js' };
    });
  },
};

// What modules of the older form expect to find, in a bundle of the newer one.
const banner = [
  "import { createRequire as stacktapeRequire } from 'node:module';",
  "import { fileURLToPath as stacktapePath } from 'node:url';",
  'globalThis.require ??= stacktapeRequire(import.meta.url);',
  'globalThis.__filename ??= stacktapePath(import.meta.url);',
  "globalThis.__dirname ??= stacktapePath(new URL('.', import.meta.url)).replace(/\\/$/, '');",
].join('');

const result = await esbuild.build({
  entryPoints: [resolve(options.entry)],
  outfile: join(OUT, options.out),
  bundle: true,
  platform: 'node',
  target: options.target,
  format: options.format,
  ...(options.format === 'esm' && { banner: { js: banner }, mainFields: ['module', 'main'] }),
  ...(options.tsconfig && { tsconfig: options.tsconfig }),
  sourcemap: options.sourceMaps ? (options.sourceMapsTo ? 'external' : 'linked') : false,
  plugins: options.decorators ? [external, decorators] : [external],
  logLevel: 'info',
  write: false,
});
for (const { path, contents } of result.outputFiles) {
  const moved = options.sourceMapsTo && path.endsWith('.map');
  const to = moved ? join(OUT, options.sourceMapsTo, `${options.out}.map`) : path;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, contents);
}

// A package goes to the top, or, where another version is there already, below the package that needs it.
const placed = new Map();
function place(name, from, parent) {
  if (without.has(name)) return;
  const source = packageDirectory(name, from);
  if (source === undefined) return;
  const top = join(OUT, 'node_modules', name);
  if (placed.get(top) === source) return;
  const to = placed.has(top) ? join(parent, 'node_modules', name) : top;
  if (placed.has(to)) return;
  placed.set(to, source);
  const nested = join(source, 'node_modules');
  cpSync(source, to, { recursive: true, dereference: true, filter: (file) => file !== nested && !file.startsWith(`${nested}/`) });
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest(source);
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) place(dependency, source, to);
}
for (const [name, from] of found) place(name, from, OUT);
for (const name of beside) {
  if (!found.has(name)) place(name, dirname(resolve(options.entry)), OUT);
}

for (const file of options.included) {
  cpSync(file, join(OUT, file), { recursive: true });
}
