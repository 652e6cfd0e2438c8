// What checks every run is itself checked: each way of breaking a promise is found.
import { describe, expect, it } from "vitest";
import { batchOf } from "./frames.mjs";
import { makeLedger, makeMember, makeRoom } from "./ledger.mjs";
import { textOf } from "./text.mjs";

const id = (number: number) => `0190f2f0-0000-7000-8000-${String(number).padStart(12, "0")}`;
const placed = (...numbers: number[]) => numbers.map((number) => ({ place: number - 1, id: id(number) }));

/** A room of two; Mia sent three messages, which are acknowledged. */
function setting() {
  const ledger = makeLedger();
  const room = makeRoom("room");
  const [mia, ben] = [makeMember(room, {}), makeMember(room, {})];
  for (const number of [1, 2, 3]) ledger.sends(id(number), mia);
  for (const number of [1, 2, 3]) ledger.acknowledged(id(number));
  const receive = (member: typeof mia, at: number, ...numbers: number[]) =>
    ledger.receive(member, ledger.batch(room, at, at + numbers.length, placed(...numbers)));
  const check = (...stored: number[]) => ledger.check([room], new Map([["room", placed(...stored)]]));
  return { ledger, room, mia, ben, receive, check };
}

describe("A run in which", () => {
  it("everybody received everything once and in order is in order, whatever came in one frame", () => {
    const { ledger, room, mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2, 3);
    receive(ben, 0, 1);
    expect(ledger.isQuiet([room])).toBe(false);
    receive(ben, 1, 2, 3);
    expect(ledger.isQuiet([room])).toBe(true);
    expect(ledger.counts.deliveries).toBe(6);
    expect(check(1, 2, 3)).toEqual([]);
  });

  it("a member missed the end", () => {
    const { mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2, 3);
    receive(ben, 0, 1, 2);
    expect(check(1, 2, 3)).toEqual(["1 members of a room have not received all of it."]);
  });

  it("a member missed one in the middle", () => {
    const { mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2, 3);
    receive(ben, 0, 1);
    receive(ben, 2, 3);
    expect(check(1, 2, 3)).toEqual(["A member at place 1 received a batch that begins at 2."]);
  });

  it("a member received one twice", () => {
    const { mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2, 3);
    receive(ben, 0, 1, 2, 3);
    receive(ben, 2, 3);
    expect(check(1, 2, 3)).toEqual(["A member at place 3 received a batch that begins at 2."]);
  });

  it("two members received another order", () => {
    const { ledger, room, mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2, 3);
    const turned = [
      { place: 0, id: id(2) },
      { place: 1, id: id(1) },
      { place: 2, id: id(3) },
    ];
    ledger.receive(ben, ledger.batch(room, 0, 3, turned));
    expect(check(1, 2, 3).join()).toContain("received different messages at place 0");
  });

  it("an acknowledged message is not stored", () => {
    const { mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2, 3);
    receive(ben, 0, 1, 2, 3);
    expect(check(1, 2)).toEqual([
      "3 messages were received in a room, 2 are stored.",
      `An acknowledged message is not stored: ${id(3)}.`,
    ]);
  });

  it("an acknowledged message is stored but nobody received it", () => {
    const { mia, ben, receive, check } = setting();
    receive(mia, 0, 1, 2);
    receive(ben, 0, 1, 2);
    expect(check(1, 2, 3)).toContain(`Place 2 holds ${id(3)}, but members received undefined.`);
  });

  it("a message came that nobody sent, or was acknowledged twice", () => {
    const { ledger, mia, ben, receive, check } = setting();
    ledger.acknowledged(id(3));
    receive(mia, 0, 1, 2, 3, 4);
    receive(ben, 0, 1, 2, 3, 4);
    expect(check(1, 2, 3, 4)).toEqual([
      `A message was acknowledged twice: ${id(3)}.`,
      `A message arrived that nobody sent: ${id(4)}.`,
      `A message arrived that nobody sent: ${id(4)}.`,
    ]);
  });

  it("a frame arrived with another text than was sent, or of another room", () => {
    const { ledger, room } = setting();
    const read = (bytes: Buffer) => JSON.parse(bytes.toString());
    const frame = (roomId: string, body: string) =>
      Buffer.from(JSON.stringify({ roomId, from: 0, to: 1, rows: [{ id: id(1), seq: 1, body }] }));
    batchOf(room, frame("room", textOf(id(1))), ledger, read);
    expect(ledger.counts.faults).toBe(0);
    batchOf(room, frame("room", "Something else"), ledger, read);
    batchOf(room, frame("elsewhere", textOf(id(1))), ledger, read);
    expect(ledger.counts.faults).toBe(2);
  });
});
