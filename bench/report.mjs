// The tables of a run, for the terminal and docs/benchmarks.md.
import { median } from "./figures.mjs";
import { LIMIT_FACTOR } from "./parley/server.mjs";
import { shown } from "./targets.mjs";

const NOISY_CORES = 0.2;

const NOT_BUILT =
  "Not in the table because they are not built yet: search, notifications, push, and mentions in the home.";

const [PACKAGES, FUNCTIONS] = [12, 20];

/** Where the server's time went, printed with --profile. */
export function profileText({ name, packages, functions }) {
  const lines = (shares) => shares.map(({ what, share }) => `${(share * 100).toFixed(1).padStart(6)} %  ${what}`);
  const head = [`Parley's own time, ${name}, by package:`, ...lines(packages.slice(0, PACKAGES))];
  return [...head, "by function:", ...lines(functions.slice(0, FUNCTIONS))].join("\n");
}

/** The results in Markdown. */
export function report({ rows, loops, faults, remarks, postgres, seconds }, machine, { rounds, quick, date }) {
  const { processor, cores, memoryGiB, system, files, node } = machine;
  return [
    `Measured on ${date}: ${processor}, ${cores} cores for server, database and generator together, ${memoryGiB} GiB, ${system}; ` +
      `database on ${files}, PostgreSQL ${postgres} with fsync, synchronous_commit and full_page_writes on; Node ${node}. ` +
      `Medians of ${rounds} rounds in turn. LIMIT_FACTOR=${LIMIT_FACTOR}, because the senders send more than one person is allowed to; 1 in the abuse rows. ` +
      `The run took ${Math.round(seconds)} s.${quick ? " A quick run: smaller than the targets assume." : ""}`,
    targetTable(rows),
    loops.length > 0 ? loopTable(loops) : "",
    [NOT_BUILT, ...remarks, ...noise(loops)].join(" "),
    faults.length === 0
      ? "Every acknowledged message was found stored, and had reached each member exactly once and in order."
      : `BROKEN PROMISES:\n${faults.map((fault) => `- ${fault}`).join("\n")}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** A sentence if the machine was busy with other programs. */
function noise(loops) {
  const foreign = median(loops.flatMap(({ systems }) => Object.values(systems).map((one) => one.foreignCores)));
  if (!(foreign > NOISY_CORES)) return [];
  return [
    `Other programs used ${shown(foreign)} cores during the run: times and rates are worse than they would be alone.`,
  ];
}

function targetTable(rows) {
  return table(
    ["what", "measured", "target", "ratio", "", "detail"],
    rows.map(({ what, measured, target, ratio, passed, detail }) => [
      what,
      measured,
      target,
      ratio === null ? "" : shown(ratio),
      passed === null ? "" : passed ? "pass" : "FAIL",
      detail,
    ]),
  );
}

function loopTable(loops) {
  const head = [
    "closed loop",
    "system",
    "deliveries/s",
    "messages/s",
    "p50 / p99 ms",
    "µs each",
    "of it database",
    "generator µs",
    "foreign cores",
  ];
  const lines = loops.flatMap(({ name, senders, systems }) =>
    Object.entries(systems).map(([system, one]) => [
      `${name}, s=${senders}`,
      system,
      shown(one.deliveriesPerSecond),
      shown(one.messagesPerSecond),
      `${shown(one.p50)} / ${shown(one.p99)}`,
      shown(one.usEach),
      `${Math.round(one.databaseShare * 100)} %`,
      shown(one.generatorUsEach),
      shown(one.foreignCores),
    ]),
  );
  return table(head, lines);
}

function table(head, lines) {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...lines].map((line) => line[at].length)));
  const row = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  return [row(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...lines.map(row)].join("\n");
}
