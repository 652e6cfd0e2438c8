// Measurements compared with their targets: each is a row of the table.

/** A row with a target: `value` must not exceed `atMost`, or must reach `atLeast`. A `ratio` above 1 is better than the target. */
export function target(what, value, { atMost, atLeast, unit = "", detail = "" }) {
  const bound = atMost ?? atLeast;
  const ratio = atMost === undefined ? value / bound : bound / value;
  return {
    what,
    measured: `${shown(value)}${unit}`,
    target: `${atMost === undefined ? "at least" : "at most"} ${shown(bound)}${unit}`,
    ratio,
    passed: ratio >= 1,
    detail,
  };
}

/** A row without a figure, and the reason. */
export const notMeasured = (what, why) => ({
  what,
  measured: "not measured",
  target: "",
  ratio: null,
  passed: null,
  detail: why,
});

/** A row with a figure but no target. */
export const figure = (what, measured, detail = "") => ({
  what,
  measured,
  target: "",
  ratio: null,
  passed: null,
  detail,
});

/** Marks the rows as failed if the scenario broke a promise, however fast it was. */
export const failed = (rows, faults) =>
  faults.length === 0
    ? rows
    : rows.map((row) => ({ ...row, passed: false, detail: `BROKEN: ${faults[0]} ${row.detail}` }));

export function shown(value) {
  if (!Number.isFinite(value)) return "nothing";
  return value >= 100 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(3)).toString();
}
