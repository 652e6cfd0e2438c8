import { expect, it } from "vitest";
import { CallError, type CallErrorCode, isCallError, offlineError } from "./call-error";
import type { Call } from "./http";
import { keepIntents } from "./intents";

const leave = { roomId: "room" };

/** A form that records the intent id of each call. The first calls fail with `errors`, one each. All later calls succeed. */
function openForm(errors: CallError[] = []) {
  const sent: unknown[] = [];
  const answer = async (_name: string, input: { intentId?: string }) => {
    sent.push(input.intentId);
    const error = errors.shift();
    if (error) throw error;
  };
  const call = keepIntents(answer as unknown as Call);
  const press = (input = leave) =>
    call("membership.leave", input).catch((error: unknown) => {
      if (!isCallError(error)) throw error;
    });
  return { sent, press, call };
}
const refusal = (code: Exclude<CallErrorCode, "offline">) => new CallError({ code, message: "No." });

it.each([offlineError(), refusal("busy"), refusal("internal")])(
  "tries again with the same intent after $code, which does not say whether it was done",
  async (error) => {
    const { sent, press } = openForm([error]);
    await press();
    await press();
    expect(sent[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent[1]).toBe(sent[0]);
  },
);

it("begins a new intent after success, and after a refusal", async () => {
  const { sent, press } = openForm([refusal("forbidden")]);
  for (let n = 0; n < 3; n++) await press();
  expect(new Set(sent).size).toBe(3);
});

it("sends two presses before the answer as one intent", async () => {
  const { sent, press } = openForm();
  await Promise.all([press(), press()]);
  expect(sent[1]).toBe(sent[0]);
});

it("begins a new intent when the input has changed", async () => {
  const { sent, press } = openForm([offlineError()]);
  await press();
  await press({ roomId: "another" });
  expect(sent[1]).not.toBe(sent[0]);
});

it("names no intent where the operation takes none", async () => {
  const { sent, call } = openForm();
  await call("room.list", {});
  expect(sent).toEqual([undefined]);
});
