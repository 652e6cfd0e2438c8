export type SetupStep = "rooms" | "people";

/** The steps as the list beside them names them. */
export const setupSteps = {
  account: { label: "You and your organization", hint: "You'll be the owner" },
  rooms: { label: "Rooms", hint: "Where to start talking" },
  people: { label: "People", hint: "Invite the first few" },
};

export const setupFrame = {
  title: "Set up your team chat",
  lead: "Two minutes. Everything stays on this server.",
};

export const isStep = (asked: unknown): asked is SetupStep => asked === "rooms" || asked === "people";

/** The step at which the set-up continues: the requested one, otherwise the first that is not done. */
export function stepFor(requested: unknown, roomCount: number): SetupStep {
  if (isStep(requested)) return requested;
  return roomCount > 1 ? "people" : "rooms";
}

/**
 * Goes to another step by loading its page from the server. If Back restores the current page from the browser's cache, the page
 * reloads, because it is stale. The promise never resolves, so that the button stays busy until the page is gone.
 */
export function goToStep(step: SetupStep): Promise<never> {
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  location.assign(`?step=${step}`);
  return new Promise(() => {});
}
