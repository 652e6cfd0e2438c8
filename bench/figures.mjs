/** The middle one; of an even number, the lower of the two. */
export const median = (values) => quantile(values, 0.5);

/** The value that this share of all does not exceed. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const STEPS_PER_MS = 10;
const LONGEST_MS = 5_000;

/** Counts very many times, in ms, in steps of 0.1 ms. */
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
