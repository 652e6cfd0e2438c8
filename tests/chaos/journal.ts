// What happened in a run, as far as it can be known from outside: what was asked, answered, told and shown.

/** A message that somebody wrote. */
export interface Sent {
  id: string;
  body: string;
  roomId: string;
  personId: string;
  /** The tab, through all its reloads: what it writes in one room stays in the order it was written. */
  tab: string;
  /** Milliseconds of the run. */
  sentAt: number;
  /** When a tab let go of it as sent. */
  acknowledgedAt: number | null;
  /** The refusal that it was shown with, if it was. */
  failed: string | null;
}

/** One of several sends that name one id: at most one of them is stored, and only that one is answered with a message. */
export interface Claim {
  id: string;
  body: string;
  roomId: string;
  personId: string;
  tab: string;
}

/** A change of a message, and when its answer said that it was made. */
export interface Change {
  kind: "edit" | "delete";
  personId: string;
  /** The message's id. */
  about: string;
  body: string;
  doneAt: number | null;
}

/** Something a server wrote to a socket. */
export interface Told {
  at: number;
  /** `frame`, `me`, `presence`..., or `sync`, `page` or `message` for what was answered. */
  event: string;
  /** Milliseconds since 1970. */
  clock: number;
  roomId: string | null;
  from: number;
  to: number;
  rows: { id: string; roomId: string; seq: number; changedSeq: number; authorId: string | null; body: string }[];
  /** Ids of people or rooms that it names. */
  names: string[];
}

/** One connection of a tab that became a socket; or all that a page was answered over HTTP. */
export interface Connection {
  number: number;
  kind: "socket" | "http";
  tab: string;
  personId: string;
  organizationId: string;
  sessionId: string;
  /** The port of the process it led to. */
  port: number;
  openedAt: number;
  closedAt: number | null;
  closedBy: "near" | "far" | null;
  told: Told[];
}

/** What a tab showed of a room at one moment. */
export interface Shown {
  at: number;
  tab: string;
  roomId: string;
  clock: number;
  floor: number;
  seqs: number[];
}

export interface Violation {
  invariant: string;
  sentence: string;
  evidence: string;
}

/** A login that was ended: when that was asked for, and when it was certain, in milliseconds of the run and since 1970. */
export interface Revocation {
  askedAt: number;
  certainAt: number | null;
  certainClock: number | null;
}

const tickMs = 50;

/** Enough of one kind: more say nothing new. */
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
    /** How long this process was kept from running since then: the machine is no more with the servers. */
    delayedSince: (at: number) => delays.reduce((sum, delay) => (delay.at >= at ? sum + delay.ms : sum), 0),
    lines,
    violations,
    sent: new Map<string, Sent>(),
    claims: [] as Claim[],
    changes: [] as Change[],
    connections: [] as Connection[],
    shown: [] as Shown[],
    revocations: new Map<string, Revocation>(),
    serverLogs: [] as { name: string; text: string }[],
    /** How often a call was answered with each code. */
    answers: new Map<string, number>(),
    /** Spans in which something was broken. */
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
