// One tab: a page that is loaded, used, reloaded and closed, over a line of its own.
import { createParley, fetchHome } from "@/lib/client/engine";
import type { Fetch } from "@/lib/client/http";
import type { Parley } from "@/lib/client/parley";
import { withHeaders } from "../harness/login";
import { type Browser, pageOf } from "./browser";
import { hearAnswers, hearInto } from "./ear";
import type { Fleet } from "./fleet";
import type { Journal } from "./journal";
import { type Link, openLink } from "./link";

export interface Tab {
  name: string;
  browser: Browser;
  link: Link;
  /** Null while the page is not loaded. */
  parley: Parley | null;
  /** The login the page was loaded with. */
  sessionId: string;
  /** Whether the person at it was active within five minutes. */
  active: boolean;
  /** The room that is looked at. */
  room: string | null;
  look(roomId: string): void;
  send(roomId: string, body: string): void;
  /** Loads the page, as often as it takes. */
  load(): Promise<void>;
  /** The page goes without a farewell, with everything it was about to do. */
  unload(): void;
  close(): void;
}

const reloadAfterMs = 500;

/** Where tabs live. */
interface Host {
  fleet: Fleet;
  journal: Journal;
  tabs: Tab[];
}

export async function openTab(name: string, browser: Browser, { fleet, journal, tabs }: Host): Promise<Tab> {
  const { person } = browser;
  const link = await openLink(fleet.next, (port) => {
    return hearInto(journal, { ...who, sessionId: tab.sessionId, port });
  });
  const who = { tab: name, personId: person.id, organizationId: person.organizationId };
  const baseUrl = `http://127.0.0.1:${link.port}`;
  let life = { over: true, ended: Promise.resolve(), end: () => {} };
  let away = () => {};
  let closed = false;

  function begin() {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const begun = { over: false, ended, end };
    life = begun;
    return begun;
  }

  async function load(): Promise<void> {
    tab.unload();
    const mine = begin();
    tab.sessionId = browser.sessionId;
    const headers = { cookie: browser.cookie, origin: fleet.url };
    const heard = hearAnswers(journal, { ...who, sessionId: tab.sessionId, port: link.port });
    const asBrowser: Fetch = async (url, init) => {
      if (mine.over) return new Promise<never>(() => {});
      const response = await fetch(url, withHeaders(init, headers));
      const body = await response.text();
      if (response.ok) heard(url, body);
      return new Response(body, response);
    };
    while (!mine.over) {
      const home = await fetchHome({ baseUrl, fetch: asBrowser }).catch(() => null);
      if (mine.over) return;
      if (!home) {
        await new Promise((resolve) => setTimeout(resolve, reloadAfterMs));
        continue;
      }
      const parley = createParley({
        home,
        version: "",
        baseUrl,
        fetch: asBrowser,
        headers,
        ...pageOf(browser, mine),
        now: () => Date.now() + browser.clockOff,
      });
      tab.parley = parley;
      follow(parley, mine);
      parley.start();
      if (!tab.active) parley.setActive(false);
      if (tab.room) tab.look(tab.room);
      journal.note(`${name}: page loaded`);
      return;
    }
  }

  /** What is no longer in the outbox was sent, as this page understood it. */
  function follow({ stores }: Parley, mine: { over: boolean }): void {
    stores.outbox.subscribe(({ entries }, before) => {
      if (mine.over) return;
      const left = new Map(entries.map((entry) => [entry.id, entry]));
      for (const { id } of before.entries) {
        const sent = journal.sent.get(id);
        if (sent && !left.has(id)) sent.acknowledgedAt ??= journal.now();
      }
      for (const { id, state, reason } of entries) {
        const sent = journal.sent.get(id);
        if (sent && state === "failed") sent.failed ??= reason ?? "no reason";
      }
    });
    stores.connection.subscribe(({ status }, { status: before }) => {
      if (status !== before && !mine.over) journal.note(`${name}: ${status}`);
    });
  }

  const tab: Tab = {
    name,
    browser,
    link,
    parley: null,
    sessionId: browser.sessionId,
    active: true,
    room: null,
    look(roomId) {
      away();
      tab.room = roomId;
      away = tab.parley?.log.open(roomId) ?? (() => {});
    },
    send(roomId, body) {
      const { parley } = tab;
      if (!parley) return;
      parley.outbox.send(roomId, body);
      const entry = parley.stores.outbox.getState().entries.findLast((each) => each.body === body);
      if (!entry) return;
      const { id } = entry;
      const sentAt = journal.now();
      journal.sent.set(id, {
        id,
        body,
        roomId,
        personId: person.id,
        tab: name,
        sentAt,
        acknowledgedAt: null,
        failed: null,
      });
    },
    load,
    unload() {
      if (life.over) return;
      life.over = true;
      tab.parley?.stop();
      tab.parley = null;
      away = () => {};
      life.end();
      link.cut();
      journal.note(`${name}: page gone`);
    },
    close() {
      if (closed) return;
      closed = true;
      tab.unload();
      link.close();
      tabs.splice(tabs.indexOf(tab), 1);
    },
  };
  tabs.push(tab);
  return tab;
}
