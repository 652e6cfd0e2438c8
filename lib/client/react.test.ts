import { describe, expect, it } from "vitest";
import type { ReactionKind } from "@/lib/contract/reaction";
import { CallError } from "./call-error";
import type { Call } from "./http";
import type { Stores } from "./parley";
import { react, shownKinds } from "./react";
import { createOutboxStore } from "./stores/outbox";

/** A client whose requests are answered one by one. */
function setting() {
  const outbox = createOutboxStore();
  const requests: { name: string; answer: () => void; refuse: () => void }[] = [];
  const call = ((name: string) =>
    new Promise((resolve, reject) => {
      const refuse = () => reject(new CallError({ code: "conflict", message: "This message has too many." }));
      requests.push({ name, answer: () => resolve({} as never), refuse });
    })) as Call;
  const client = { stores: { outbox } as Stores, call };
  return {
    requests,
    set: (isGiven: boolean, emoji = "🎉") => react(client, "m", emoji, isGiven),
    shown: (kinds: ReactionKind[] = []) =>
      shownKinds(kinds, outbox.getState().wishes.get("m")).map(
        ({ emoji, count, isMine }) => `${emoji}${count}${isMine ? " mine" : ""}`,
      ),
    names: () => requests.map(({ name }) => name),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
const kind = (given: Partial<ReactionKind> = {}): ReactionKind => {
  return { emoji: "🎉", count: 2, personIds: ["a", "b"], seq: 1, changedSeq: 2, isMine: false, ...given };
};

describe("reacting", () => {
  it("is shown at once, and as it is stored when it is over", async () => {
    const { set, shown, requests } = setting();
    const done = set(true);
    expect(shown()).toEqual(["🎉1 mine"]);
    expect(shown([kind()])).toEqual(["🎉3 mine"]);
    // The answer's state is in the store before the request is over.
    expect(shown([kind({ count: 3, isMine: true })])).toEqual(["🎉3 mine"]);
    requests[0]?.answer();
    await done;
    expect(shown([kind({ count: 3, isMine: true })])).toEqual(["🎉3 mine"]);
    expect(shown()).toEqual([]);
  });

  it("sends one request at a time, and after it only the latest wish", async () => {
    const { set, shown, names, requests, turn } = setting();
    const all = Array.from({ length: 10 }, (_, at) => set(at % 2 === 0));
    expect(names()).toEqual(["reaction.add"]);
    expect(shown([kind()])).toEqual(["🎉2"]);
    requests[0]?.answer();
    await turn();
    expect(names()).toEqual(["reaction.add", "reaction.remove"]);
    requests[1]?.answer();
    await Promise.all(all);
    expect(names()).toHaveLength(2);
  });

  it("sends nothing more when the latest wish is what was sent", async () => {
    const { set, names, requests } = setting();
    const all = [set(true), set(false), set(true)];
    requests[0]?.answer();
    await Promise.all(all);
    expect(names()).toEqual(["reaction.add"]);
  });

  it("with other emoji does not wait", () => {
    const { set, names } = setting();
    void set(true);
    void set(true, "👍");
    expect(names()).toEqual(["reaction.add", "reaction.add"]);
  });

  it("is taken back when it is refused, and can be tried again", async () => {
    const { set, shown, names, requests } = setting();
    const refused = set(true);
    requests[0]?.refuse();
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
    expect(shown([kind()])).toEqual(["🎉2"]);
    void set(true);
    expect(names()).toHaveLength(2);
  });
});

it("What I take back alone is gone at once, and the others keep their order", () => {
  const kinds = [kind({ emoji: "🎉", count: 1, isMine: true }), kind({ emoji: "👍" }), kind({ emoji: "👀", count: 0 })];
  expect(shownKinds(kinds, new Map([["🎉", false]])).map(({ emoji }) => emoji)).toEqual(["👍"]);
  expect(shownKinds(kinds, new Map([["✅", true]])).map(({ emoji }) => emoji)).toEqual(["🎉", "👍", "✅"]);
});
