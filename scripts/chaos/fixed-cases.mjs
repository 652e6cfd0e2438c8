/**
 * Runs that once failed, with the reason. `npm run chaos -- --fixed` repeats them. If such a bug comes back, a repeated run
 * probably finds it, but timing varies.
 */
export const fixedCases = [
  {
    seed: 1,
    seconds: 20,
    processes: 3,
    why: "Postgres delivers equal notifications of one transaction only once: after a process had started, people counted as offline",
  },
  {
    seed: 2,
    seconds: 20,
    processes: 3,
    why: "someone who connected while a room was being read, and sent `sync` before that read ended, never received its rows",
  },
  {
    seed: 2,
    seconds: 60,
    processes: 3,
    why: "after the clock of a browser had been set back by a day and its page reloaded, a new message was sent before one that waited",
  },
  {
    seed: 1,
    seconds: 60,
    processes: 3,
    why: "a page of messages, read over HTTP after its session had been checked, contained what was stored after the session's end",
  },
  {
    seed: 10,
    seconds: 60,
    processes: 3,
    why: "a message that the server had refused in one tab was sent by another tab that had waited to send it, after newer ones",
  },
  {
    seed: 6,
    seconds: 60,
    processes: 3,
    why: "a page read after a person had joined again was shown to a tab that still had the earlier membership, which sees more",
  },
];
