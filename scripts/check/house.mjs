// The rules of the house that no linter knows. `node scripts/check/house.mjs` reads every file git knows of, prints a line
// per refusal and exits 1 if there is one.
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { moduleState } from "./module-state.mjs";
import { sourceFiles } from "./source-files.mjs";
import { bare, nameOf, parse, rootOf, walk } from "./tree.mjs";

const LONGEST = 300;
const LAYERS = /^lib\/(contract|policy|domain|server|client|generated)\//;
const NAMELESS = /^(utils?|helpers?|common|misc|managers?|services?)$/;
const NOT_OURS = /^(lib\/generated|prisma\/migrations|public|node_modules|\.next[^/]*|dist[^/]*|\.data)\//;
const TEST = /\.(test|spec)\.[cm]?[jt]sx?$/;
const IN_TESTS = /^(tests|e2e|bench)\//;
const SOCKETS = ["lib/server/socket.ts", "lib/client/socket.ts"];
const PALETTE = ["app/globals.css", "app/tokens.css", "app/manifest.ts"];
const COLOUR =
  /(?<![\w&/])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/i;
// Asked for every socket, frame or send: statements of our own, prepared by Postgres. Decision 0013 has the figures.
const PREPARED = [
  "lib/server/{actor,db,presence,rate-limit,scrape}.ts",
  "lib/domain/{welcome,home/near-changes,message/append-statement,message/room-facts,person/sharing,room/moved,room/pull}.ts",
].flatMap((names) => {
  const [, folder, inside] = /^(.*)\{(.*)\}\.ts$/.exec(names) ?? [];
  return inside.split(",").map((name) => `${folder}${name}.ts`);
});
const KEYS = ["components/ui/keys.ts"];
// What is drawn has the time from `useNow` alone, so that it stays true: decision 0028.
const DRAWN = /^(components|app|lib\/client\/hooks)\//;
const COOKIE_NAMES = "lib/server/cookie-name.ts";
const COOKIE = /\bparley\.(?:session|device|csrf|callback)\b/;
const RAW_HTML = /^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|srcDoc)$/;

/** Every refusal in one file, as `[{ line, say }]`. */
export function check(path, text) {
  if (NOT_OURS.test(path)) return [];
  return [...pathRules(path), ...textRules(path, text), ...treeRules(path, text)];
}

function pathRules(path) {
  const said = [];
  const folder = dirname(path)
    .split("/")
    .find((name) => NAMELESS.test(name));
  const name = basename(path).split(".")[0];
  const nameless = folder ?? (NAMELESS.test(name) ? name : undefined);
  if (nameless)
    said.push(`"${nameless}" names nothing: put the code beside the noun it is about, or find the noun it is missing.`);
  if (/\.tsx?$/.test(path) && path.startsWith("lib/") && !LAYERS.test(path)) {
    said.push("A file in lib/ belongs to a layer: contract, policy, domain, server or client. Move it into one.");
  }
  return said.map((say) => ({ line: 1, say }));
}

function textRules(path, text) {
  const refusals = [];
  const lines = text.replace(/\n$/, "").split("\n");
  if (/\.([cm]?[jt]sx?|css)$/.test(path) && !TEST.test(path) && lines.length > LONGEST) {
    refusals.push({
      line: LONGEST + 1,
      say: `${lines.length} lines, ${LONGEST} are allowed: split it at the seam where you would put a heading.`,
    });
  }
  if (path.endsWith(".css") && !PALETTE.includes(path)) {
    lines.forEach((line, index) => {
      if (COLOUR.test(line)) refusals.push({ line: index + 1, say: sayColour(line) });
    });
  }
  if (/\.[cm]?[jt]sx?$/.test(path) && !path.startsWith(COOKIE_NAMES.slice(0, -3))) {
    lines.forEach((line, index) => {
      if (COOKIE.test(line)) {
        const say = `A cookie's name carries its installation: take it from cookieName() of ${COOKIE_NAMES}.`;
        refusals.push({ line: index + 1, say });
      }
    });
  }
  return refusals;
}

function treeRules(path, text) {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const { body, line } = parse(path, text);
  const refusals = [];
  const refuse = (node, say) => refusals.push({ line: line(node), say });
  const test = TEST.test(path) || IN_TESTS.test(path);
  const product = !test && /^(lib|components|app)\/|^server\.ts$/.test(path);

  if (product && path !== "server.ts" && path !== "lib/server/once.ts") {
    for (const { node, say } of moduleState(path, body)) refuse(node, say);
  }
  walk(body, (node, ancestors) => {
    unsafe(path, node, ancestors, refuse);
    if (product && !SOCKETS.includes(path)) socketListener(node, refuse);
    if (product && !PALETTE.includes(path)) colour(node, refuse);
    if (product && !KEYS.includes(path)) keyOfKeyboard(node, refuse);
    if (product && DRAWN.test(path)) ownClock(node, refuse);
    if (test) testHabits(path, node, refuse);
  });
  return refusals;
}

function unsafe(path, node, ancestors, refuse) {
  if (node.type === "ImportDeclaration" && node.source.value.endsWith("/db") && path.startsWith("lib/")) {
    const takesPool = node.specifiers.some((each) => (each.imported?.value ?? each.local?.value) === "pool");
    if (takesPool && !TEST.test(path) && !PREPARED.includes(path)) {
      refuse(
        node,
        "Prisma is the way to the database. A statement past it needs a figure that says why, and its place in decision 0013.",
      );
    }
  }
  if (node.type === "ImportDeclaration" && node.source.value === "server-only") {
    refuse(
      node,
      '"server-only" throws outside Next, where server.ts runs: leave it out; the boundaries keep server code from the browser.',
    );
  }
  if (node.type === "MemberExpression") {
    const name = nameOf(node);
    if (
      name === "$queryRawUnsafe" ||
      name === "$executeRawUnsafe" ||
      (name === "raw" && nameOf(node.object) === "Prisma")
    ) {
      refuse(
        node,
        `${name} puts text into SQL: use the tagged $queryRaw\`...\` with Prisma.sql, which sends values beside the statement.`,
      );
    }
  }
  if (node.type === "AssignmentExpression" && RAW_HTML.test(nameOf(node.left) ?? "")) {
    refuse(node, "HTML from a string: build elements instead, so that nothing a person wrote can become markup.");
  }
  const raw =
    (node.type === "JSXAttribute" && nameOf(node.name)) || (node.type === "KeyValueProperty" && nameOf(node.key));
  if (raw === "dangerouslySetInnerHTML" && !isThemeScript(path, ancestors)) {
    refuse(
      node.name ?? node.key,
      "dangerouslySetInnerHTML: render elements instead. Only the nonce'd theme script of app/layout.tsx may.",
    );
  }
}

function isThemeScript(path, ancestors) {
  const element = ancestors.at(-1);
  return (
    path === "app/layout.tsx" &&
    element?.type === "JSXOpeningElement" &&
    nameOf(element.name) === "script" &&
    element.attributes.some((attribute) => attribute.type === "JSXAttribute" && nameOf(attribute.name) === "nonce")
  );
}

function socketListener(node, refuse) {
  if (node.type !== "CallExpression") return;
  const callee = bare(node.callee);
  if (callee.type !== "MemberExpression" || !/^(on|once|onAny|addListener)$/.test(nameOf(callee) ?? "")) return;
  const first = node.arguments[0]?.expression;
  if (first?.type === "StringLiteral" && first.value === "error") return; // that one keeps the process alive
  if (/socket$|^(io|nsp|namespace)$/i.test(nameOf(callee.object) ?? "")) {
    refuse(
      node,
      "Listening on a socket: an unguarded listener ends the process. Add the operation or event to lib/contract; lib/server/socket.ts and lib/client/socket.ts do the listening.",
    );
  }
}

/** `event.key` and its like, and the same taken out of a KeyboardEvent. */
function keyOfKeyboard(node, refuse) {
  const read = node.type === "MemberExpression" && /^(e|event|press)$/.test(nameOf(node.object) ?? "");
  const taken =
    node.type === "ObjectPattern" &&
    nameOf(node.typeAnnotation?.typeAnnotation?.typeName) === "KeyboardEvent" &&
    node.properties.some((property) => /^(key|code)$/.test(nameOf(property.key) ?? ""));
  if (taken || (read && /^(key|code|keyCode|which)$/.test(nameOf(node) ?? ""))) {
    refuse(
      node,
      "Keys are compared in components/ui/keys.ts alone, which knows layouts and input methods: call isKey or isText.",
    );
  }
}

function ownClock(node, refuse) {
  const callee = node.callee && bare(node.callee);
  const named = callee && nameOf(callee);
  const asked =
    (node.type === "CallExpression" && named === "now" && nameOf(callee.object) === "Date") ||
    (node.type === "NewExpression" && named === "Date" && !node.arguments?.length);
  const made = node.type === "NewExpression" && rootOf(callee)?.value === "Intl" && named?.endsWith("TimeFormat");
  if (asked) refuse(node, "The time is read while drawing and is soon not true any more: take it from useNow.");
  if (made) refuse(node, "A format keeps the time zone it was made in: take one from lib/client/date-formats.ts.");
}

function colour(node, refuse) {
  const text = node.type === "StringLiteral" || node.type === "TemplateElement" ? (node.value ?? node.raw) : undefined;
  if (typeof text === "string" && isColour(text)) refuse(node, sayColour(text));
}

/** In code, `#general` and `#123` are rooms and fragments; a colour stands alone, in a class or after a colon. */
function isColour(text) {
  const found = COLOUR.exec(text)?.[0];
  if (!found) return false;
  return (
    found.endsWith("(") || /\d/.test(found) || text.includes(`[${found}`) || new RegExp(`:\\s*${found}`).test(text)
  );
}

function sayColour(text) {
  return `The colour ${COLOUR.exec(text)[0]} is written here: name it in app/tokens.css and use the name, so that both themes have it.`;
}

function testHabits(path, node, refuse) {
  if (node.type === "MemberExpression") {
    const name = nameOf(node);
    if (
      /^(skip|only|todo|fixme|skipIf|runIf)$/.test(name ?? "") &&
      /^(it|test|describe|suite)$/.test(rootOf(node)?.value ?? "")
    ) {
      refuse(node, `.${name} switches tests off: mend the test or remove it.`);
    }
    if (name === "waitForTimeout")
      refuse(node, "waitForTimeout is a sleep: wait for what the page shows, with expect(...).");
  }
  if (node.type !== "CallExpression") return;
  if (nameOf(node.callee) === "sleep" || (TEST.test(path) && isTimerPromise(node))) {
    refuse(node, "Tests do not sleep: wait for the thing itself (an event, an acknowledgement, expect.poll).");
  }
}

/** `setTimeout(resolve, …)` with the name a promise's executor gives it, and `setTimeout(ms)` of node:timers/promises. */
function isTimerPromise(node) {
  if (nameOf(node.callee) !== "setTimeout") return false;
  const first = bare(node.arguments[0]?.expression);
  return (
    first?.type === "NumericLiteral" || (first?.type === "Identifier" && /^(r|res|resolve|done)$/.test(first.value))
  );
}

function main() {
  const checked = sourceFiles(/\.([cm]?[jt]sx?|css)$/).filter((path) => !NOT_OURS.test(path));
  let refusals = 0;
  for (const path of checked) {
    for (const { line, say } of check(path, readFileSync(path, "utf8"))) {
      console.log(`${path}:${line} ${say}`);
      refusals++;
    }
  }
  console.log(`${checked.length} files, ${refusals} refusals`);
  process.exitCode = refusals > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
