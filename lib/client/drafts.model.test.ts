import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createDevice, createServer, devices, pass, roomId, stopDevices } from "@/tests/harness/draft-devices";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  stopDevices();
  vi.useRealTimers();
});

type Step =
  | {
      do:
        | "type"
        | "lose answers"
        | "get answers"
        | "delay"
        | "receive late"
        | "send"
        | "hear"
        | "leave"
        | "return"
        | "save"
        | "other"
        | "delete"
        | "reload";
      on: 0 | 1;
    }
  | { do: "wait"; on: 0 | 1; ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "type",
        "type",
        "type",
        "lose answers",
        "get answers",
        "delay",
        "receive late",
        "send",
        "hear",
        "leave",
        "return",
        "save",
        "other",
        "delete",
        "reload",
      ),
      on: fc.constantFrom(0, 1),
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("wait"),
      on: fc.constant(0),
      ms: fc.constantFrom(100, 1_000, 2_500, 12_000),
    }) as fc.Arbitrary<Step>,
  },
);

/** Runs that once failed. */
const examples: [Step[]][] = [
  // To delete a long draft, its whole text is fetched. That was already the one of the other device, which was deleted unseen.
  [
    [
      ...[0, 0, 0, 1].map((on): Step => ({ do: "type", on: on === 0 ? 0 : 1 })),
      { do: "wait", on: 0, ms: 12_000 },
      { do: "delete", on: 0 },
    ],
  ],
  // A text was deleted while it was saved. After that, the draft was the one of the other device, which was deleted unseen.
  [
    [
      { do: "delay", on: 1 },
      { do: "type", on: 1 },
      { do: "wait", on: 0, ms: 12_000 },
      { do: "delete", on: 1 },
      { do: "type", on: 0 },
    ],
  ],
];

it("Whatever two devices do, and whenever they hear of each other, they end with one text, and none that was typed is lost", {
  timeout: 60_000,
}, async () => {
  const run = async (steps: Step[]) => {
    const server = createServer();
    let pair = [createDevice(server), createDevice(server)];
    for (const device of pair) device.drafts.open(roomId);
    await Promise.all(pair.map(({ drafts }) => drafts.load()));
    let count = 0;
    /** Each text that was typed over another one, which its author saw. */
    const typedOver = new Set<string>();
    const typed: string[] = [];
    for (const now of steps) {
      const device = pair[now.on] as (typeof pair)[number];
      if (now.do === "type") {
        typedOver.add(device.text());
        // Of a long text, the beginning is in the log, and the rest has to be fetched.
        const text = `<${++count}>${count % 3 === 0 ? " long".repeat(100) : ""}`;
        typed.push(text);
        device.type(text);
      } else if (now.do === "send" && device.text() && device.isOnline()) device.send();
      else if (now.do === "hear") device.hear();
      else if (now.do === "leave") device.setOnline(false);
      else if (now.do === "return") device.setOnline(true);
      else if (now.do === "lose answers" || now.do === "get answers") device.setLosing(now.do === "lose answers");
      else if (now.do === "delay") device.delayNext();
      else if (now.do === "receive late") device.receiveLate();
      else if (now.do === "save") void device.drafts.save();
      else if (now.do === "other" && device.others()[0]) device.takeOther(device.others()[0] ?? "");
      else if (now.do === "delete") {
        for (const text of [device.text(), device.listed()]) typedOver.add(text);
        void device.drafts.load().then(({ remove }) => remove(roomId).catch(() => {}));
      } else if (now.do === "reload") {
        device.drafts.stop();
        devices.splice(devices.indexOf(device), 1);
        const next = createDevice(server, device.stored);
        next.setOnline(device.isOnline());
        next.drafts.open(roomId);
        await next.drafts.load();
        pair = pair.with(now.on, next);
      } else if (now.do === "wait") await vi.advanceTimersByTimeAsync(now.ms);
      await vi.advanceTimersByTimeAsync(0);
    }
    for (const device of pair) {
      device.setLosing(false);
      device.setOnline(true);
      device.receiveLate();
    }
    await pass(40_000);
    await pass(40_000);
    const [one, other] = pair as [(typeof pair)[number], (typeof pair)[number]];
    const ends = [one.text(), other.text(), server.current().text];
    const kept = new Set([...ends, ...one.others(), ...other.others(), ...server.bodies(), ...typedOver]);
    const lost = typed.filter((text) => !kept.has(text));
    for (const device of devices.splice(0)) device.drafts.stop();
    // Nothing that was sent is a draft again, unless somebody took it back.
    const isBack =
      steps.every(({ do: what }) => what !== "other") && server.bodies().some((body) => ends.includes(body));
    expect({ ends: new Set(ends).size, lost, isBack }).toEqual({ ends: 1, lost: [], isBack: false });
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), run), { numRuns: 400, examples });
});
