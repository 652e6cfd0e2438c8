// The record of a run as seen from outside the servers: requests, answers, received events, and what tabs showed.
import type { PresenceChoice } from "@/lib/contract/presence";

/** A message that somebody sent. */
export interface Sent {
  id: string;
  body: string;
  /** The message that it quotes. */
  replyToId?: string | undefined;
  roomId: string;
  personId: string;
  /** The tab, across its reloads. Messages of one tab to one room must keep their order. */
  tab: string;
  /** Milliseconds of the run. */
  sentAt: number;
  /** When a tab removed it from its outbox as sent. */
  acknowledgedAt: number | null;
  /** The reason with which it was shown as failed, if it was. */
  failed: string | null;
}

/** One of several sends with the same id. At most one of them is stored, and only that one succeeds. */
export interface Claim {
  id: string;
  body: string;
  roomId: string;
  personId: string;
  tab: string;
}

/** A change of a message. `doneAt` is when it was acknowledged. */
export interface Change {
  kind: "edit" | "delete";
  personId: string;
  /** The message's id. */
  about: string;
  body: string;
  doneAt: number | null;
}

/** A text that somebody typed in a composer, and the one that was there, over which they typed it. */
export interface Typed {
  personId: string;
  /** The place of the composer (`placeOf`). */
  place: string;
  text: string;
  over: string;
}

/** Something a server wrote to a socket. */
export interface Received {
  at: number;
  /** `frame`, `me`, `presence`..., or `sync`, `page` or `message` for an answer. */
  event: string;
  /** Milliseconds since 1970. */
  clock: number;
  roomId: string | null;
  from: number;
  to: number;
  rows: { id: string; roomId: string; seq: number; changedSeq: number; authorId: string | null; body: string }[];
  /** The places of the messages whose reactions are in it. */
  reactedTo: number[];
  /** Ids of the people or rooms in it. */
  names: string[];
  /** Ids of the people of whom it says that they have gone offline. */
  offline: string[];
}

/** One socket of a tab, or all HTTP answers of one page. */
export interface Connection {
  number: number;
  kind: "socket" | "http";
  tab: string;
  personId: string;
  organizationId: string;
  sessionId: string;
  /** The port of the process at the other end. */
  port: number;
  openedAt: number;
  closedAt: number | null;
  closedBy: "near" | "far" | null;
  received: Received[];
}

/** One range of a room's log that a tab held at one time. */
export interface Shown {
  at: number;
  tab: string;
  roomId: string;
  clock: number;
  /** The place up to which the person sees nothing, as the tab knows it. */
  floor: number;
  from: number;
  to: number;
  seqs: number[];
}

export interface Violation {
  invariant: string;
  sentence: string;
  evidence: string;
}

/** A session that was ended: when that was requested, and when it was acknowledged (`certainClock` is in ms since 1970). */
export interface Revocation {
  askedAt: number;
  certainAt: number | null;
  certainClock: number | null;
}

/** A ban, or its end. Both clocks are in ms since 1970; `certainClock` is null until it was certainly done. */
export interface BanChange {
  roomId: string;
  personId: string;
  isBanned: boolean;
  askedClock: number;
  certainClock: number | null;
}

/** A person's role from some time on: when the change was requested, and when it was acknowledged, in ms since 1970. */
export interface RoleChange {
  personId: string;
  role: "admin" | "member" | "guest";
  askedClock: number;
  /** Null if it is not known to have succeeded. */
  certainClock: number | null;
}

/** A choice of what others see of a person, in milliseconds of the run. `doneAt` is when it was acknowledged. */
export interface PresenceChosen {
  personId: string;
  choice: PresenceChoice;
  askedAt: number;
  doneAt: number | null;
}

/** A send to one process while another room was locked, in milliseconds of the run. */
export interface Probe {
  process: string;
  sentAt: number;
  answeredAt: number | null;
  /** When the connection was lost before an answer. */
  lostAt: number | null;
  /** How long the process took to answer a read that began at the same time. Null if it never did. */
  readMs: number | null;
}

/** A list that somebody read page by page to its end, from a time to a time in ms since 1970. */
export interface ListRead {
  name: "room.list" | "person.list" | "person.names" | "membership.list";
  personId: string;
  tab: string;
  /** The room that the list is about, if any. */
  roomId: string | null;
  from: number;
  to: number;
  ids: string[];
}

const tickMs = 50;

/** Violations kept per invariant: more add nothing. */
const violationsKept = 5;

export type Journal = ReturnType<typeof createJournal>;

export function createJournal() {
  const began = performance.now();
  const now = () => performance.now() - began;
  const lines: string[] = [];
  const violations: Violation[] = [];
  const delays: { at: number; ms: number }[] = [];
  let expected = now() + tickMs;
  setInterval(() => {
    const ms = now() - expected;
    if (ms > tickMs) delays.push({ at: now(), ms });
    expected = now() + tickMs;
  }, tickMs).unref();
  return {
    now,
    /** How long this process could not run since then. The servers on the same machine were delayed too. */
    delayedSince: (at: number, until = Number.POSITIVE_INFINITY) =>
      delays.reduce((sum, delay) => (delay.at >= at && delay.at <= until ? sum + delay.ms : sum), 0),
    lines,
    violations,
    sent: new Map<string, Sent>(),
    claims: [] as Claim[],
    changes: [] as Change[],
    drafts: [] as Typed[],
    /** Texts of drafts that somebody deleted. */
    deletedTexts: [] as string[],
    connections: [] as Connection[],
    shown: [] as Shown[],
    revocations: new Map<string, Revocation>(),
    /** When people were certainly deactivated, in ms since 1970. */
    deactivated: new Map<string, number>(),
    /** In the order in which they were requested. */
    roleChanges: [] as RoleChange[],
    /** In the order in which they were requested; of one person and room, one after another. */
    bans: [] as BanChange[],
    /** In the order in which they were requested. */
    presenceChosen: [] as PresenceChosen[],
    /** The sessions of which a tab was told that they have ended, and which tab. */
    signedOut: new Map<string, string>(),
    probes: [] as Probe[],
    lists: [] as ListRead[],
    serverLogs: [] as { name: string; text: string }[],
    /** How often calls were answered with each code. */
    answers: new Map<string, number>(),
    /** When each fault began and ended. */
    faults: [] as { name: string; from: number; to: number | null }[],
    note(text: string): void {
      lines.push(`${(now() / 1_000).toFixed(3).padStart(8)} ${text}`);
    },
    violation(invariant: string, sentence: string, evidence = ""): void {
      if (violations.filter((one) => one.invariant === invariant).length >= violationsKept) return;
      if (violations.some((one) => one.invariant === invariant && one.sentence === sentence)) return;
      violations.push({ invariant, sentence, evidence });
      lines.push(`${(now() / 1_000).toFixed(3).padStart(8)} VIOLATION ${invariant} ${sentence}`);
    },
    /** The last lines that mention something. */
    about(text: string, count = 20): string {
      return lines
        .filter((line) => line.includes(text))
        .slice(-count)
        .join("\n");
    },
  };
}
