// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { CallError, offlineError } from "@/lib/client/call-error";
import type { Call } from "@/lib/client/http";
import type { Parley } from "@/lib/client/parley";
import { createOutboxStore } from "@/lib/client/stores/outbox";
import { leaveOrganization } from "./leave-organization";

const keys = () => [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)).toSorted();

/** Mia with a draft, a place and a message that is not sent. `call` answers `organization.leave`. */
function setting(call: () => Promise<unknown>) {
  localStorage.setItem("draft of mia", "A draft");
  localStorage.setItem("draft of another", "A draft");
  sessionStorage.setItem("place of mia", "3");
  const outbox = createOutboxStore();
  outbox.setState({
    entries: [{ id: "unsent", personId: "mia", roomId: "room", body: "Hello", createdAt: 0, state: "failed" }],
  });
  const removed: string[] = [];
  const opened: string[] = [];
  vi.spyOn(location, "replace").mockImplementation((path) => void opened.push(String(path)));
  const parley = {
    stores: { outbox, rooms: { getState: () => ({ me: { id: "mia" } }) } },
    outbox: { remove: (id: string) => void removed.push(id) },
  } as unknown as Parley;
  return { removed, opened, done: leaveOrganization(call as unknown as Call, parley) };
}
beforeEach(() => {
  for (const storage of [localStorage, sessionStorage]) storage.clear();
});

it("removes what the browser stored for the person, and opens another organization", async () => {
  const { removed, opened } = setting(async () => ({}));
  await expect.poll(() => opened).toEqual(["/"]);
  expect(removed).toEqual(["unsent"]);
  expect(keys()).toEqual(["draft of another"]);
});

it("removes nothing if the session had ended before, and lets the sign-in page say why", async () => {
  const { removed, opened } = setting(async () => {
    throw new CallError({ code: "unauthenticated", message: "Sign in." } as never);
  });
  await expect.poll(() => opened.length).toBe(1);
  expect(opened[0]).toMatch(/^\/sign-in/);
  expect(removed).toEqual([]);
  expect(keys()).toHaveLength(3);
});

it("removes nothing and fails if the server could not be reached", async () => {
  const { removed, opened, done } = setting(async () => {
    throw offlineError();
  });
  await expect(done).rejects.toThrow();
  expect([removed, opened]).toEqual([[], []]);
  expect(keys()).toHaveLength(3);
});
