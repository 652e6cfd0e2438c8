/** Resolves to true when the condition holds, or to false if it does not hold within `withinMs`. */
export async function until(condition, withinMs, everyMs = 20) {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}
