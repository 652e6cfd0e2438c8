// The tables of a run, for the terminal and for docs/benchmarks.md alike.
import { LIMIT_FACTOR } from "./parley/server.mjs";
import { shown } from "./targets.mjs";

const NOT_BUILT =
  "Not in the table because they are not built yet: search, notifications, push, and mentions in the home.";

/** What was measured, in Markdown. */
export function report({ rows, loops, faults, remarks, postgres, seconds }, machine, { rounds, date }) {
  const { processor, cores, memoryGiB, system, files, node } = machine;
  return [
    `Measured on ${date}: ${processor}, ${cores} cores for server, database and generator together, ${memoryGiB} GiB, ${system}; ` +
      `database on ${files}, PostgreSQL ${postgres} with fsync, synchronous_commit and full_page_writes on; Node ${node}. ` +
      `Medians of ${rounds} rounds in turn. LIMIT_FACTOR=${LIMIT_FACTOR}, because the senders write more than one person may. ` +
      `The run took ${Math.round(seconds)} s.`,
    targetTable(rows),
    loops.length > 0 ? loopTable(loops) : "",
    [NOT_BUILT, ...remarks].join(" "),
    faults.length === 0
      ? "Every acknowledged message was found stored, and had reached each member exactly once and in order."
      : `BROKEN PROMISES:\n${faults.map((fault) => `- ${fault}`).join("\n")}`,
  ]
    .filter(Boolean)
    .join("\n\n");
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
