import { expect, it } from "vitest";
import { isComposer, partsOf, placeOf } from "./draft-places";

const roomId = "0190a0a0-0000-7000-8000-000000000001";
const threadId = "0190a0a0-0000-7000-8000-000000000002";

it.each([{ roomId }, { roomId, threadId }])("The place of a composer says its room and its thread: %o", (parts) => {
  expect(partsOf(placeOf(parts))).toEqual(parts);
  expect(isComposer(placeOf(parts))).toBe(true);
});

it("What is kept elsewhere is not at the place of a composer", () => {
  for (const place of [`draft.${roomId}`, `reply.${roomId}/${threadId}`, "new-message one", `${roomId}/`, ""])
    expect(isComposer(place)).toBe(false);
});
