// Generates the tables of all operations in lib/generated from the definitions in lib/contract and the handlers in lib/domain.
// A new operation needs no other registration.
import { mkdirSync, readdirSync, readFileSync, renameSync, watch, writeFileSync } from "node:fs";
import path from "node:path";
import { fingerprint, hasContent, writeStamp } from "./fingerprint.mjs";
import { PlainError } from "./plain-error.mjs";

/** The wait after a change: an editor may write one file in several steps, or save several files. */
const DEBOUNCE_MS = 50;

const isTest = (file) => file.endsWith(".test.ts");
const compareText = (a, b) => (a < b ? -1 : 1);
const byName = (a, b) => compareText(a.name, b.name);

/** Generates the tables unless they are up to date. If the sources have errors, throws a PlainError that lists them. */
export async function generateOperations(root) {
  const stamp = path.join(root, "lib/generated/operations.stamp");
  const current =
    fingerprint(root, ["lib/contract", "lib/domain"], isTest) + fingerprint(import.meta.dirname, ["operations.mjs"]);
  if (hasContent(stamp, current)) return;
  const definitions = await readDefinitions(root);
  const handlers = readHandlers(root);
  const errors = findErrors(definitions, handlers);
  if (errors.length > 0) throw new PlainError(errors.join("\n"));

  const generated = path.join(root, "lib/generated");
  writeIfChanged(path.join(generated, "contract/operations.ts"), operationsText(definitions));
  writeIfChanged(path.join(generated, "contract/routes.ts"), routesText(definitions));
  writeIfChanged(path.join(generated, "contract/repeats.ts"), repeatsText(definitions));
  writeIfChanged(path.join(generated, "domain/handlers.ts"), handlersText(definitions, handlers));
  writeStamp(stamp, current);
}

/** Regenerates the tables when a source changes. Calls `report` with each new error. Returns a function that stops watching. */
export function watchOperations(root, report) {
  let timer;
  let lastMessage;
  let lastRun = Promise.resolve();
  const regenerate = async () => {
    try {
      await generateOperations(root);
      lastMessage = undefined;
    } catch (error) {
      if (lastMessage !== error.message) report(error.message);
      lastMessage = error.message;
    }
  };
  const watchers = ["lib/contract", "lib/domain"].map((folder) =>
    watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        lastRun = lastRun.then(regenerate);
      }, DEBOUNCE_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Every operation that a file of lib/contract exports, by name: [{ name, http, aliases, repeat, input, export, file }]. */
async function readDefinitions(root) {
  const names = readdirSync(path.join(root, "lib/contract"))
    .filter((name) => name.endsWith(".ts") && !isTest(name) && name !== "index.ts")
    .toSorted(compareText);
  const modules = await importDefinitions(root, names);
  return names
    .flatMap((name, index) =>
      Object.entries(modules[`m${index}`])
        .filter(([, value]) => isOperation(value))
        .map(([exported, { name: operation, http, aliases, repeat, input }]) => {
          return { name: operation, http, aliases, repeat, input, export: exported, file: `lib/contract/${name}` };
        }),
    )
    .toSorted(byName);
}

/** Bundles and imports the definitions. They need bundling because they are TypeScript and use the `@/` alias. */
async function importDefinitions(root, names) {
  const { build } = await import("esbuild");
  let output;
  try {
    output = await build({
      absWorkingDir: root,
      stdin: {
        contents: names.map((name, index) => `export * as m${index} from "./lib/contract/${name}";`).join("\n"),
        resolveDir: root,
      },
      alias: { "@": root },
      nodePaths: [path.join(import.meta.dirname, "../../node_modules")],
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
    });
  } catch {
    throw new PlainError("The definitions in lib/contract can't be read. See above."); // esbuild has printed why
  }
  const [{ contents }] = output.outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString("base64")}`);
}

const isOperation = (value) =>
  typeof value === "object" && value !== null && "http" in value && "input" in value && "output" in value;

/** Every file of lib/domain that imports `handle`: [{ file, handles }]. `handles` is the exported name of its definition. */
function readHandlers(root) {
  return readdirSync(path.join(root, "lib/domain"), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join("lib/domain", name.split(path.sep).join("/")))
    .filter((file) => file.endsWith(".ts") && !isTest(file))
    .toSorted(compareText)
    .flatMap((file) => {
      const source = readFileSync(path.join(root, file), "utf8");
      if (!/^import \{[^}]*\bhandle\b[^}]*\} from "@\/lib\/server\/handler"/m.test(source)) return [];
      return [{ file, handles: source.match(/^export default handle\(\s*(\w+)\s*,/m)?.[1] }];
    });
}

function findErrors(definitions, handlers) {
  const routes = definitions.flatMap(({ name, http, aliases, input }) =>
    [http, ...aliases].map((route) => ({ name, route, input })),
  );
  const routeShape = ({ route }) => route.replace(/\{\w+\}/g, "{}");
  return [
    ...duplicates(definitions, ({ name }) => name).map(([a, b]) => `${a.file} and ${b.file} both define ${a.name}.`),
    ...duplicates(routes, routeShape).map(([a, b]) => `${a.name} and ${b.name} have the same route: ${b.route}.`),
    ...duplicates(definitions, (each) => each.export).map(
      ([a, b]) => `${a.file} and ${b.file} both export an operation as ${a.export}. Rename one.`,
    ),
    ...routes.flatMap(({ name, route, input }) =>
      [...route.matchAll(/\{(\w+)\}/g)]
        .filter(([, field]) => input.shape[field]?.safeParse(undefined).success !== false)
        .map(([parameter]) => `The path of ${name} names ${parameter}, which its input does not require.`),
    ),
    ...duplicates(handlers, ({ handles }) => handles).map(
      ([a, b]) => `${a.file} and ${b.file} both handle ${a.handles}.`,
    ),
    ...handlers
      .filter(({ handles }) => handles === undefined)
      .map(({ file }) => `${file} imports handle() without \`export default handle(definition, { … })\`.`),
    ...handlers
      .filter(({ handles }) => handles && !definitions.some((definition) => definition.export === handles))
      .map(({ file, handles }) => `${file} handles ${handles}, which no file of lib/contract exports.`),
    ...definitions
      .filter((definition) => !handlers.some(({ handles }) => handles === definition.export))
      .map(({ name, file }) => `${file} defines ${name}, which no file of lib/domain handles.`),
  ];
}

/** Pairs of items with the same key. Each pair has the first item with that key and a later one. */
function duplicates(items, keyOf) {
  const firstItems = new Map();
  return items.flatMap((item) => {
    const key = keyOf(item);
    const first = firstItems.get(key);
    if (key !== undefined && !first) firstItems.set(key, item);
    return first ? [[first, item]] : [];
  });
}

const HEADER = "// Generated by scripts/setup/operations.mjs. Changes are overwritten.\n";

function operationsText(definitions) {
  const files = [...new Set(definitions.map(({ file }) => file))].toSorted(compareText);
  const imports = files.map((file) => {
    const names = definitions.filter((each) => each.file === file).map((each) => each.export);
    return `import { ${names.toSorted(compareText).join(", ")} } from "@/${file.slice(0, -3)}";\n`;
  });
  const entries = definitions.map((each) => `  "${each.name}": ${each.export},\n`);
  return `${HEADER}${imports.join("")}\nexport const operations = {\n${entries.join("")}} as const;\n`;
}

function routesText(definitions) {
  const entries = definitions.map(({ name, http }) => `  "${name}": "${http}",\n`);
  return `${HEADER}\nexport const routes = {\n${entries.join("")}} as const;\n`;
}

/** The operations that are not safe to repeat. A table of its own, because every page starts with it. */
function repeatsText(definitions) {
  const unsafe = definitions.filter(({ repeat }) => repeat !== "safe");
  const entries = unsafe.map(({ name, repeat }) => `  "${name}": "${repeat}",\n`);
  const type = 'Readonly<Record<string, "named" | "intent" | "never" | undefined>>';
  return `${HEADER}\nexport const repeats: ${type} = {\n${entries.join("")}};\n`;
}

function handlersText(definitions, handlers) {
  const registrations = definitions.map(({ name, export: exported }) => {
    const { file } = handlers.find(({ handles }) => handles === exported);
    const local = file.slice("lib/domain/".length, -3).replace(/[/-](\w)/g, (_, letter) => letter.toUpperCase());
    return { name, local, from: `@/${file.slice(0, -3)}` };
  });
  const imports = registrations.map(({ local, from }) => `import ${local} from "${from}";\n`);
  const entries = registrations.map(({ name, local }) => `  "${name}": ${local},\n`);
  return `${HEADER}${imports.join("")}\nexport const handlers = {\n${entries.join("")}} as const;\n`;
}

/** Writes a file if its content changes. Renames it into place, so that no watcher reads half a file. */
function writeIfChanged(file, source) {
  mkdirSync(path.dirname(file), { recursive: true });
  if (hasContent(file, source)) return;
  writeFileSync(`${file}.new`, source);
  renameSync(`${file}.new`, file);
}
