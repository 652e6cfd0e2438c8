/** Waits until the condition holds. Resolves to false if it does not within the given milliseconds. */
export async function until(condition, withinMs, everyMs = 20) {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}
