/** A time to wait in words, rounded up: "40 seconds", "5 minutes". */
export function durationWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const [count, unit] =
    seconds < 120
      ? [seconds, "second"]
      : seconds < 7_200
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.ceil(seconds / 3_600), "hour"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
