export type SetupStep = "rooms" | "people";

/** The address of a step after the first. */
export const stepPath = (step: SetupStep) => `/setup?step=${step}`;

/** Where somebody who opens the set-up again goes on: at the step they name, else at the first with nothing done. */
export function stepFor(asked: unknown, roomCount: number): SetupStep {
  if (asked === "rooms" || asked === "people") return asked;
  return roomCount > 1 ? "people" : "rooms";
}

/**
 * Goes to another step by loading its page, so that it shows what there is by then. A page that a browser kept alive and
 * shows again after Back would not: it is loaded anew.
 */
export function goToStep(step: SetupStep): Promise<never> {
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  location.assign(stepPath(step));
  return new Promise(() => {});
}
