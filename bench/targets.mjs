// What is measured against what was promised: one row of the table each.

/** `value` should be at most, or at least, so much. `ratio` above 1 is better than the target. */
export function target(what, value, { atMost, atLeast, unit = "", detail = "" }) {
  const goal = atMost ?? atLeast;
  const ratio = atMost === undefined ? value / goal : goal / value;
  return {
    what,
    measured: `${shown(value)}${unit}`,
    target: `${atMost === undefined ? "at least" : "at most"} ${shown(goal)}${unit}`,
    ratio,
    passed: ratio >= 1,
    detail,
  };
}

/** A row without a figure, and why. */
export const notMeasured = (what, why) => ({
  what,
  measured: "not measured",
  target: "",
  ratio: null,
  passed: null,
  detail: why,
});

/** A row that tells a figure nothing was promised of. */
export const figure = (what, measured, detail = "") => ({
  what,
  measured,
  target: "",
  ratio: null,
  passed: null,
  detail,
});

/** Rows of a scenario that broke a promise have failed, however fast it was. */
export const failed = (rows, faults) =>
  faults.length === 0
    ? rows
    : rows.map((row) => ({ ...row, passed: false, detail: `BROKEN: ${faults[0]} ${row.detail}` }));

export function shown(value) {
  if (!Number.isFinite(value)) return "nothing";
  return value >= 100 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(3)).toString();
}
