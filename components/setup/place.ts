export type SetupStep = "rooms" | "people";

/** The address of a step after the first. */
export const stepPath = (step: SetupStep) => `/setup?step=${step}`;

/** The step at which the set-up continues: the requested one, otherwise the first that is not done. */
export function stepFor(requested: unknown, roomCount: number): SetupStep {
  if (requested === "rooms" || requested === "people") return requested;
  return roomCount > 1 ? "people" : "rooms";
}

/**
 * Goes to another step by loading its page from the server. If Back restores the current page from the browser's cache, the page
 * reloads, because it is stale. The promise never resolves, so that the button stays busy until the page is gone.
 */
export function goToStep(step: SetupStep): Promise<never> {
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  location.assign(stepPath(step));
  return new Promise(() => {});
}
