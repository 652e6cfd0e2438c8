// Bugs of processes whose clock or bus fails, for `plants.mjs`.

export const plantsOfServers = [
  {
    name: "a lease is renewed by the wall clock",
    breaks: "I12",
    where: "server",
    faults: ["server clock jumps"],
    changes: [
      {
        in: "lib/server/presence.ts",
        text: `for (const [id, { expiresAt }] of person.leases) if (expiresAt < now) needsUpdate = person.leases.delete(id);`,
        with: `for (const [id, lease] of person.leases as Map<string, Lease & { renewedAt?: number }>) {
      const isOld = Date.now() - (lease.renewedAt ?? Date.now()) > 30_000;
      lease.renewedAt = Date.now();
      if (isOld || lease.expiresAt < now) needsUpdate = person.leases.delete(id);
    }`,
      },
    ],
  },
  {
    name: "a silent bus makes peers stop",
    breaks: "I12",
    where: "server",
    faults: ["ring bus silent"],
    changes: [
      { in: "lib/server/bus-peers.ts", text: `const stoppedAfterMs = 20_000;`, with: `const stoppedAfterMs = 8_000;` },
      {
        in: "lib/server/bus-peers.ts",
        text: `this.heardMs += Math.min(maxGapMs, now - (this.arrivedAt ?? now));`,
        with: `this.heardMs = maxGapMs && now;`,
      },
      {
        in: "lib/server/bus-peers.ts",
        text: `(this.heardMs - heardMs > stoppedAfterMs ?`,
        with: `(this.now() - heardMs > stoppedAfterMs ?`,
      },
    ],
  },
];
