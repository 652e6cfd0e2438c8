/** The median; of an even number of values, the lower of the two in the middle. */
export const median = (values) => quantile(values, 0.5);

/** The smallest value such that this share of all values is at most that large. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const STEPS_PER_MS = 10;
const LONGEST_MS = 5_000;

/** A histogram of durations in ms, in steps of 0.1 ms, for very many values. */
export function makeHistogram() {
  const counts = new Uint32Array(LONGEST_MS * STEPS_PER_MS + 1);
  let total = 0;
  return {
    add(ms, times = 1) {
      counts[Math.min(counts.length - 1, Math.max(0, Math.round(ms * STEPS_PER_MS)))] += times;
      total += times;
    },
    clear() {
      counts.fill(0);
      total = 0;
    },
    quantile(share) {
      let left = Math.max(1, Math.ceil(total * share));
      for (let step = 0; step < counts.length; step++) {
        left -= counts[step];
        if (left <= 0) return step / STEPS_PER_MS;
      }
      return Number.NaN;
    },
  };
}
