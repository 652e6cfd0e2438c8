// The rules that no linter can express. `node scripts/check/house.mjs` reads every file that git does not ignore, prints one line
// per violation and exits with 1 if there is any. All other rules are in .oxlintrc.json, .dependency-cruiser.mjs and knip.json.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { moduleState } from "./module-state.mjs";
import { sourceFiles } from "./source-files.mjs";
import { bare, nameOf, parse, rootOf, walk } from "./tree.mjs";

const LONGEST = 300;
const NOT_OURS = /^(lib\/generated|prisma\/migrations|public|node_modules|\.next[^/]*|dist[^/]*|\.data)\//;
const TEST = /\.(test|spec)\.[cm]?[jt]sx?$/;
const IN_TESTS = /^(tests|e2e|bench)\//;
const SOCKETS = ["lib/server/socket.ts", "lib/client/socket.ts"];
const PALETTE = ["app/globals.css", "app/tokens.css", "app/manifest.ts"];
const COLOUR =
  /(?<![\w&/])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/i;
const KEYS = ["components/ui/keys.ts"];
// Rendered code must take the time from `useNow`, so that it stays current: decision 0028.
const DRAWN = /^(components|app|lib\/client\/hooks)\//;
// Durations are measured by `performance.now()`, because the clock of a machine is set. The files that are left out compare or store
// points in time, such as the end of a session.
const TIMED =
  /^(?:server\.ts$|lib\/server\/(?!(?:actor|log-feed|presence|shared-limits|signed-token)\.ts$)|lib\/client\/(?!hooks\/|(?:now|new-id|outbox|sleep|watch-page)\.ts$))/;
// The lists of what each role is offered. `components/offers.test.ts` checks them.
const OFFERS = /(-offers|person-acts|message-actions|settings-pages)\.tsx?$/;
// May use policies directly: they show the reason of a refusal, or decide about single rows of a list.
const ASKS = [
  "components/groups/group-room-dialogs.tsx",
  "components/invites/invite-people.tsx",
  "components/invites/room-of-invite.ts",
  "components/people/banned-people.tsx",
  "components/rooms/join-bar.tsx",
  "components/rooms/joined-room.tsx",
  "components/settings/add-default-room-dialog.tsx",
  "components/settings/default-rooms-page.tsx",
  "components/threads/thread-panel.tsx",
];
// A navigation keeps the screen before it until the code of the next one is loaded.
const WAITED_FOR = ["components/shell/stage.tsx"];
const COOKIE_NAMES = "lib/server/cookie-name.ts";
const COOKIE = /\bparley\.(?:session|device|csrf|callback)\b/;

/** All violations in one file, as `[{ line, say }]`. `say` is the message. */
export function check(path, text) {
  if (NOT_OURS.test(path)) return [];
  return [...textRules(path, text), ...treeRules(path, text)];
}

function textRules(path, text) {
  const refusals = [];
  const lines = text.replace(/\n$/, "").split("\n");
  if (path.endsWith(".css") && lines.length > LONGEST) {
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
  walk(body, (node) => {
    if (product && !SOCKETS.includes(path)) socketListener(node, refuse);
    if (product && !PALETTE.includes(path)) colour(node, refuse);
    if (product && !KEYS.includes(path)) keyOfKeyboard(node, refuse);
    if (product && DRAWN.test(path)) ownClock(node, refuse);
    if (product && TIMED.test(path)) durationByDate(node, refuse);
    if (product && path.startsWith("components/")) {
      ownDecision(path, node, refuse);
      codeOnDemand(path, node, refuse);
    }
    if (test) sleep(path, node, refuse);
  });
  return refusals;
}

function socketListener(node, refuse) {
  if (node.type !== "CallExpression") return;
  const callee = bare(node.callee);
  if (callee.type !== "MemberExpression" || !/^(on|once|onAny|addListener)$/.test(nameOf(callee) ?? "")) return;
  const first = node.arguments[0]?.expression;
  if (first?.type === "StringLiteral" && first.value === "error") return; // an "error" listener keeps the process alive
  if (/socket$|^(io|nsp|namespace)$/i.test(nameOf(callee.object) ?? "")) {
    refuse(
      node,
      "Listening on a socket: an unguarded listener ends the process. Add the operation or event to lib/contract; lib/server/socket.ts and lib/client/socket.ts do the listening.",
    );
  }
}

/**
 * Finds loaders that may fail, because a failed loader replaces the page with an error (decision 0056), and code for whose loading
 * the whole page would wait.
 */
function codeOnDemand(path, node, refuse) {
  if (path.endsWith("/failed-later.tsx") || node.type !== "CallExpression") return;
  const called = nameOf(bare(node.callee));
  if (called !== "dynamic" && called !== "lazy") return;
  const loader = bare(node.arguments[0].expression);
  const options = node.arguments[1]?.expression;
  const names = options?.type === "ObjectExpression" ? options.properties.map((each) => nameOf(each.key)) : [];
  if (called === "dynamic" && !WAITED_FOR.includes(path) && !names.some((name) => name === "ssr" || name === "loading"))
    refuse(
      node,
      "The page shows no change until this code is loaded: pass `{ ssr: false }`, or `{ loading: () => null }` if the server renders it.",
    );
  if (loader.type === "CallExpression" && nameOf(bare(loader.callee)) === "retrying") return;
  refuse(node, "A loader that may fail: use dialogOnDemand() or dynamic(retrying()) of components/ui/on-demand.tsx.");
}

/** Finds `event.key`, `event.code` and the like, and the same fields destructured from a KeyboardEvent. */
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

/** Finds components that check roles, or that use a policy outside the tested lists of offers. */
function ownDecision(path, node, refuse) {
  if (node.type !== "ImportDeclaration" || node.typeOnly || !node.source.value.startsWith("@/lib/policy/")) return;
  const values = node.specifiers.filter((each) => !each.isTypeOnly).map((each) => nameOf(each.imported ?? each.local));
  if (values.some((name) => /^(runsOrganization|moderates)$/.test(name)))
    refuse(
      node,
      "A component does not decide by a role: ask a policy, through a list of offers (components/offers.ts).",
    );
  else if (values.some((name) => /^may[A-Z]/.test(name)) && !OFFERS.test(path) && !ASKS.includes(path))
    refuse(node, "What a role is offered is in a list of offers (components/offers.ts), so that a test can walk it.");
}

const asksDateNow = (node, callee) =>
  node.type === "CallExpression" && nameOf(callee) === "now" && nameOf(callee.object) === "Date";

function ownClock(node, refuse) {
  const callee = node.callee && bare(node.callee);
  const named = callee && nameOf(callee);
  const asked =
    asksDateNow(node, callee) || (node.type === "NewExpression" && named === "Date" && !node.arguments?.length);
  const made = node.type === "NewExpression" && rootOf(callee)?.value === "Intl" && named?.endsWith("TimeFormat");
  if (asked) refuse(node, "The time is read while drawing and is soon not true any more: take it from useNow.");
  if (made) refuse(node, "A format keeps the time zone it was made in: take one from lib/client/date-formats.ts.");
}

function durationByDate(node, refuse) {
  if (node.type === "MemberExpression" && nameOf(node) === "now" && nameOf(node.object) === "Date")
    refuse(node, "The clock is set while a duration passes: measure it by performance.now().");
}

function colour(node, refuse) {
  const text = node.type === "StringLiteral" || node.type === "TemplateElement" ? (node.value ?? node.raw) : undefined;
  if (typeof text === "string" && isColour(text)) refuse(node, sayColour(text));
}

/** Whether a string contains a colour. `#general` is a room's name; letters alone count only in a class or after a colon. */
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

function sleep(path, node, refuse) {
  if (node.type !== "CallExpression") return;
  if (nameOf(node.callee) === "sleep" || (TEST.test(path) && isTimerPromise(node))) {
    refuse(node, "Tests do not sleep: wait for the thing itself (an event, an acknowledgement, expect.poll).");
  }
}

/** Whether a call is `setTimeout(resolve, …)` inside a promise, or `setTimeout(ms)` of node:timers/promises. */
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
