// One tab: a page that is loaded, used, reloaded and closed, over its own link to the servers.
import { partsOf } from "@/lib/client/draft-places";
import { createParley, fetchHome } from "@/lib/client/engine";
import type { Fetch } from "@/lib/client/http";
import type { Parley } from "@/lib/client/parley";
import type { OutboxEntry, Reply } from "@/lib/client/stores/outbox";
import { withHeaders } from "../harness/login";
import { handleOf } from "../harness/people";
import { type Browser, pageOf } from "./browser";
import { recordAnswers, recordSocket } from "./recorder";
import type { Fleet } from "./fleet";
import type { Journal } from "./journal";
import { type Link, openLink } from "./link";

export interface Tab {
  name: string;
  browser: Browser;
  link: Link;
  /** Null while the page is not loaded. */
  parley: Parley | null;
  /** The session with which the page was loaded. */
  sessionId: string;
  /** Whether its person counts as active rather than idle. */
  active: boolean;
  /** The open room. */
  room: string | null;
  /** HTTP requests without an answer yet, and when each began by `performance.now()`. */
  pendingRequests: Map<object, { url: string; since: number }>;
  look(roomId: string): void;
  send(roomId: string, body: string, options?: { replyToId?: string; reply?: Reply }): void;
  /** Sends to the conversation with these people, which the outbox opens first. */
  sendToPeople(personIds: readonly string[], body: string): void;
  /** Sends the text of the composer at this place. */
  sendDraft(place: string, body: string): void;
  /** Loads the page, and retries until it succeeds. */
  load(): Promise<void>;
  /** Ends the page abruptly, with everything that was pending in it. */
  unload(): void;
  close(): void;
}

const reloadAfterMs = 500;

/** What a tab needs of its run. */
interface Host {
  fleet: Fleet;
  journal: Journal;
  tabs: Tab[];
}

export async function openTab(name: string, browser: Browser, { fleet, journal, tabs }: Host): Promise<Tab> {
  const { person } = browser;
  const link = await openLink(fleet.next, (port) => {
    return recordSocket(journal, { ...who, sessionId: tab.sessionId, port });
  });
  const who = { tab: name, personId: person.id, organizationId: person.organizationId };
  const baseUrl = `http://127.0.0.1:${link.port}`;
  let current = { over: true, ended: Promise.resolve(), end: () => {} };
  let closeRoom = () => {};
  let closed = false;

  function beginPage() {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const page = { over: false, ended, end };
    current = page;
    return page;
  }

  async function load(): Promise<void> {
    tab.unload();
    const page = beginPage();
    tab.sessionId = browser.sessionId;
    const headers = { cookie: browser.cookie, origin: fleet.url };
    const recordAnswer = recordAnswers(journal, { ...who, sessionId: tab.sessionId, port: link.port });
    const asBrowser: Fetch = async (url, init) => {
      if (page.over) return new Promise<never>(() => {});
      const request = {};
      tab.pendingRequests.set(request, { url, since: performance.now() });
      try {
        const response = await fetch(url, withHeaders(init, headers));
        const body = await response.text();
        if (response.ok) recordAnswer(url, body);
        return new Response(body, response);
      } finally {
        tab.pendingRequests.delete(request);
      }
    };
    while (!page.over) {
      const organization = handleOf(person.organizationId);
      const home = await fetchHome({ baseUrl, fetch: asBrowser, organization }).catch(() => null);
      if (page.over) return;
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
        ...pageOf(browser, name, page),
        now: () => Date.now() + browser.clockOff,
      });
      tab.parley = parley;
      follow(parley, page);
      const texts = { changed: parley.texts.onStorageChange, owner: page };
      browser.textHub.add(texts);
      void page.ended.then(() => browser.textHub.delete(texts));
      parley.start();
      if (!tab.active) parley.setActive(false);
      if (tab.room) tab.look(tab.room);
      journal.note(`${name}: page loaded`);
      return;
    }
  }

  /** Records the outcome of this page's sends: a message that leaves the outbox was acknowledged. */
  function follow({ stores }: Parley, page: { over: boolean }): void {
    stores.outbox.subscribe(({ entries }, before) => {
      if (page.over) return;
      // A draft gets another id if another device has sent another text of it.
      for (const entry of entries) record(entry);
      const remaining = new Map(entries.map((entry) => [entry.id, entry]));
      for (const { id } of before.entries) {
        const sent = journal.sent.get(id);
        if (sent && !remaining.has(id)) sent.acknowledgedAt ??= journal.now();
      }
      const statesBefore = new Map(before.entries.map(({ id, state }) => [id, state]));
      for (const { id, body, state, reason } of entries) {
        const sent = journal.sent.get(id);
        if (sent && state === "failed") sent.failed ??= reason ?? "no reason";
        const stateBefore = statesBefore.get(id);
        if (stateBefore !== state && (state === "failed" || stateBefore === "failed"))
          journal.note(`${name}: "${body}" is ${state}, was ${stateBefore ?? "not listed"}`);
      }
    });
    stores.connection.subscribe(({ status }, { status: before }) => {
      if (status === before || page.over) return;
      journal.note(`${name}: ${status}`);
      if (status === "signed_out") journal.signedOut.set(tab.sessionId, name);
    });
  }

  /** Of a draft, another device may have sent another text under the same id. */
  function record({ id, body, roomId, replyToId }: OutboxEntry): void {
    const { claims } = journal;
    if (journal.sent.get(id)?.body === body || claims.some((one) => one.id === id && one.body === body)) return;
    if (journal.sent.has(id)) return void claims.push({ id, body, roomId, personId: person.id, tab: name });
    const sentAt = journal.now();
    journal.sent.set(id, {
      id,
      body,
      replyToId,
      roomId,
      personId: person.id,
      tab: name,
      sentAt,
      acknowledgedAt: null,
      failed: null,
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
    pendingRequests: new Map(),
    look(roomId) {
      closeRoom();
      tab.room = roomId;
      const closers = [tab.parley?.log.open(roomId), tab.parley?.drafts.open(roomId)];
      closeRoom = () => {
        for (const close of closers) close?.();
      };
    },
    send(roomId, body, options) {
      tab.parley?.outbox.send(roomId, body, options);
    },
    sendToPeople(personIds, body) {
      tab.parley?.outbox.sendToPeople(personIds, body);
    },
    sendDraft(place, body) {
      const { roomId, threadId } = partsOf(place);
      const reply = threadId ? { threadId, alsoInRoom: false } : undefined;
      tab.parley?.outbox.send(roomId, body, { isDraft: true, reply });
      tab.parley?.texts.write(place, "");
    },
    load,
    unload() {
      if (current.over) return;
      current.over = true;
      tab.parley?.stop();
      tab.parley = null;
      closeRoom = () => {};
      current.end();
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
