// Faults of browsers, and of their connections to the servers.
import type { Fault, Mend } from "./fault";
import { hostilities } from "./hostile";
import { between, type Dice, pick, type Run, tabsOf } from "./run-state";
import type { Tab } from "./tab";

/** The tabs of one browser, or of every second one. */
function tabsHit(run: Run, [die, many = 0]: Dice): Tab[] {
  if (many > 0.8) return run.tabs.filter((_, at) => at % 2 === 0);
  const browser = pick(run.browsers, die);
  return browser ? tabsOf(run, browser) : [];
}

const onLine = (name: string, ms: Fault["ms"], strike: (tab: Tab) => void, mend: (tab: Tab) => void): Fault => ({
  name,
  ms,
  strike(run, dice): Mend {
    const hit = tabsHit(run, dice);
    for (const tab of hit) strike(tab);
    return () => {
      for (const tab of hit) mend(tab);
    };
  },
});

export const clientClockFault: Fault = {
  name: "client clock off by a day",
  ms: [4_000, 15_000],
  strike(run, [die, way = 0]) {
    const browser = pick(run.browsers, die);
    if (!browser) return;
    browser.clockOff = way < 0.5 ? 86_400_000 : -86_400_000;
    return () => {
      browser.clockOff = 0;
    };
  },
};

export const clientFaults: Fault[] = [
  onLine(
    "client offline",
    [1_000, 10_000],
    ({ link }) => {
      link.change({ up: false });
      link.cut();
    },
    ({ link }) => link.change({ up: true }),
  ),
  onLine(
    "client line stalled",
    [1_000, 25_000],
    ({ link }) => link.change({ stalled: true }),
    ({ link }) => link.change({ stalled: false }),
  ),
  onLine(
    "client 200 ms away",
    [2_000, 6_000],
    ({ link }) => link.change({ latencyMs: 100 }),
    ({ link }) => link.change({ latencyMs: 0 }),
  ),
  onLine(
    "slow reader",
    [3_000, 12_000],
    ({ link }) => link.change({ bytesPerSecond: 2_000 }),
    ({ link }) => link.change({ bytesPerSecond: Number.POSITIVE_INFINITY }),
  ),
  onLine(
    "client connections reset",
    [0, 0],
    ({ link }) => link.cut(),
    () => {},
  ),
  onLine(
    "client gone half-open",
    [0, 0],
    ({ link }) => link.abandon(),
    () => {},
  ),
  // The changes stand. The connections are reset in the end, because part of what they carried is missing.
  onLine(
    "answers lost",
    [1_000, 12_000],
    ({ link }) => link.change({ losesAnswers: true }),
    ({ link }) => {
      link.change({ losesAnswers: false });
      link.cut();
    },
  ),
  {
    // It ends when the tab has shown that it receives everything over HTTP (`settle.ts`).
    name: "WebSockets blocked for a tab",
    ms: [0, 0],
    forGood: true,
    strike(run, [die]): Mend | undefined {
      const tab = pick(run.tabs, die);
      if (!tab) return;
      tab.link.change({ letsSocketsThrough: false });
      tab.link.cut();
      return () => {};
    },
  },
  {
    name: "client flapping",
    ms: [3_000, 8_000],
    strike(run, dice): Mend {
      const hit = tabsHit(run, dice);
      let up = true;
      let timer: NodeJS.Timeout;
      const flap = () => {
        up = !up;
        for (const { link } of hit) {
          link.change({ up });
          if (!up) link.cut();
        }
        timer = setTimeout(flap, between(300, 2_000, dice[2]));
      };
      flap();
      return () => {
        clearTimeout(timer);
        for (const { link } of hit) link.change({ up: true });
      };
    },
  },
  {
    name: "everybody reconnects",
    ms: [0, 0],
    strike(run): Mend {
      for (const { link } of run.tabs) link.cut();
      return () => {};
    },
  },
  clientClockFault,
  {
    name: "hostile socket",
    ms: [500, 2_000],
    strike: (run, dice) => hostilities(run, dice),
  },
];
