// Looks like another process of the installation to its peers, so it receives what they announce.
import { uuidv7 } from "uuidv7";
import { expect } from "vitest";
import type { Emits } from "@/lib/contract/operation";
import { automaticPresence } from "@/lib/contract/presence-choice";
import type { Actor } from "@/lib/server/actor";
import type { LogKind } from "@/lib/server/audience";
import { type BusMessages, channelName, startBus, stopBus } from "@/lib/server/bus";
import type { BusConnection } from "@/lib/server/bus-connection";
import { connectPostgres } from "@/lib/server/bus-postgres";
import { applyChoice, beginLease } from "@/lib/server/presence";

type Received = { [N in keyof BusMessages]: { from: string; name: N; message: BusMessages[N] } }[keyof BusMessages];

/** The event that clients receive after a message between processes. */
function eventOf({ name, message }: Received): Emits | null {
  if (name === "logsChanged" || name === "logFrame") return logEvents[message.kind];
  if (name === "sessionsEnded") return "bye";
  return name === "typing" || name === "presence" ? name : null;
}
const logEvents: Readonly<Record<LogKind, Emits>> = { room: "frame", person: "me", organization: "organization" };

export interface Peer {
  /** Runs some work and returns the kinds of events that it sends to an organization's clients. */
  announced(organization: { id: string }, work: () => Promise<unknown>): Promise<Emits[]>;
  stop(): Promise<void>;
}

/** Starts the bus of this process, and a peer on it. */
export async function startPeer(): Promise<Peer> {
  let received: Received[] = [];
  const id = "the test's peer";
  let joined = () => {};
  // Until this process announces itself on the bus, it receives nothing.
  const hasJoined = new Promise<void>((resolve) => (joined = resolve));
  const others = () => received.filter(({ from }) => from !== id);
  const bus = await new Promise<BusConnection>((resolve) => {
    const made: BusConnection = connectPostgres({
      channel: channelName(),
      onMessage: (text) => {
        received.push(JSON.parse(text) as Received);
        if (others().length > 0) joined();
      },
      onConnect: () => resolve(made),
    });
  });
  startBus();
  await hasJoined;

  /** People of whom this file alone announced that they are active. Their presence is sent again later, for instance to a new peer. */
  const made = new Set<string>();
  /** Waits until all earlier announcements have arrived: presence is announced last, so it waits for a new person's. */
  async function settled(organizationId: string): Promise<void> {
    const personId = uuidv7();
    made.add(personId);
    beginLease({ organizationId, personId } as Actor, "the end", "active");
    applyChoice(personId, automaticPresence);
    const isLast = (one: Received) => one.name === "presence" && personId in one.message.people;
    await expect.poll(() => others().some(isLast), { timeout: 10_000, interval: 5 }).toBe(true);
  }

  return {
    async announced({ id: organizationId }, work) {
      // Processes send only to peers that they have heard from lately.
      received = [];
      await bus.send([JSON.stringify({ from: id, name: "heartbeat", message: { hello: true } })]);
      await expect.poll(() => others().length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
      await settled(organizationId);
      received = [];
      await work();
      await settled(organizationId);
      const isWork = (one: Received) =>
        one.name !== "presence" ||
        (one.message.organizationId === organizationId &&
          Object.keys(one.message.people).some((each) => !made.has(each)));
      const found = others()
        .filter(isWork)
        .flatMap((one) => eventOf(one) ?? []);
      return [...new Set(found)].toSorted();
    },
    async stop() {
      await stopBus();
      await bus.close();
    },
  };
}
