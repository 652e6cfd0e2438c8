import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CallError, isCallError, offlineError } from "../call-error";
import { createQuery } from "./query";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server whose answers come when the test says so, in any order. */
function slowServer() {
  const requests: { asked: string; answer: (data: string) => Promise<void>; refuse: () => Promise<void> }[] = [];
  const load = (asked: string) => (previous?: string) =>
    new Promise<string>((resolve, reject) => {
      requests.push({
        asked: previous === undefined ? asked : `${asked} after ${previous}`,
        async answer(data) {
          resolve(data);
          await vi.advanceTimersByTimeAsync(0);
        },
        async refuse() {
          reject(offlineError());
          await vi.advanceTimersByTimeAsync(0);
        },
      });
    });
  const at = (index: number) => {
    const request = requests[index];
    if (!request) throw new Error(`There were only ${requests.length} requests.`);
    return request;
  };
  return { requests, load, at };
}

describe("answers that arrive late", () => {
  it("are dropped when the input has changed", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    query.send("ab", load("ab"));
    await at(1).answer("found ab");
    await at(0).answer("found a");
    expect(query.store.getState()).toMatchObject({ input: "ab", data: "found ab", error: null });
  });

  it("are dropped when they are refusals", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    query.send("ab", load("ab"));
    await at(1).answer("found ab");
    await at(0).refuse();
    expect(query.store.getState().error).toBeNull();
  });

  it("are dropped after the question was cancelled", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    query.cancel();
    await at(0).answer("found a");
    expect(query.store.getState().data).toBeUndefined();
  });

  it("do not add a page to the rows of another input", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    await at(0).answer("page 1 of a");
    void query.loadMore();
    query.send("b", load("b"));
    await at(2).answer("page 1 of b");
    await at(1).answer("page 2 of a");
    expect(query.store.getState()).toMatchObject({ data: "page 1 of b", isLoadingMore: false });
  });
});

describe("what is shown meanwhile", () => {
  it("is the former answer until the new one comes", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    await at(0).answer("found a");
    query.send("ab", load("ab"));
    expect(query.store.getState()).toMatchObject({ input: "a", data: "found a" });
  });

  it("is nothing after an error, and nothing while it is asked again", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    await at(0).refuse();
    expect(query.store.getState()).toMatchObject({ data: undefined, error: { code: "offline" } });
    query.reload();
    expect(query.store.getState()).toMatchObject({ data: undefined, error: null });
    await at(1).answer("found a");
    expect(query.store.getState().data).toBe("found a");
  });
});

describe("typing", () => {
  it("asks once, when it has paused", async () => {
    const { load, requests } = slowServer();
    const query = createQuery<string, string>();
    for (const typed of ["p", "pa", "par"]) {
      query.send(typed, load(typed), { afterTyping: true });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(requests).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(requests.map(({ asked }) => asked)).toEqual(["par"]);
  });
});

describe("the next page", () => {
  it("is asked for once, however often it is wanted before it comes", async () => {
    const { load, at, requests } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    await at(0).answer("page 1");
    void query.loadMore();
    void query.loadMore();
    expect(requests.map(({ asked }) => asked)).toEqual(["a", "a after page 1"]);
    expect(query.store.getState().isLoadingMore).toBe(true);
    await at(1).answer("pages 1 and 2");
    expect(query.store.getState()).toMatchObject({ data: "pages 1 and 2", isLoadingMore: false });
  });

  it("leaves the pages before it when it fails, says why, and can be asked for again", async () => {
    const { load, at } = slowServer();
    const query = createQuery<string, string>();
    query.send("a", load("a"));
    await at(0).answer("page 1");
    const failed = query.loadMore().catch((error: unknown) => isCallError(error) && error.code);
    await at(1).refuse();
    expect(await failed).toBe("offline");
    expect(query.store.getState()).toMatchObject({ data: "page 1", error: { code: "offline" }, isLoadingMore: false });
    void query.loadMore();
    await at(2).answer("pages 1 and 2");
    expect(query.store.getState()).toMatchObject({ data: "pages 1 and 2", error: null });
  });
});

describe("a refresh", () => {
  type Pages = { rows: string[]; next: string | null };
  /** A list with one row per page, from a server that can fail. */
  async function loadedPages(count: number) {
    const server = { version: 1, error: null as CallError | null, requests: 0 };
    const query = createQuery<string, Pages>();
    query.send("list", async (previous) => {
      server.requests++;
      if (server.error) throw server.error;
      const rows = [...(previous?.rows ?? []), `row ${(previous?.rows.length ?? 0) + 1} of version ${server.version}`];
      return { rows, next: rows.length < 3 ? String(rows.length) : null };
    });
    await vi.advanceTimersByTimeAsync(0);
    for (let page = 1; page < count; page++) await query.loadMore();
    const rows = () => query.store.getState().data?.rows;
    const refresh = async () => {
      server.version++;
      query.refresh();
      await vi.advanceTimersByTimeAsync(0);
    };
    return { server, query, rows, refresh };
  }

  it("loads as many pages as are shown, and shows them at once", async () => {
    const { rows, refresh, query } = await loadedPages(2);
    const seen: unknown[] = [];
    query.store.subscribe(({ data }) => seen.push(data?.rows));
    await refresh();
    expect(rows()).toEqual(["row 1 of version 2", "row 2 of version 2"]);
    expect(seen).toEqual([rows()]);
    await query.loadMore();
    expect(rows()).toHaveLength(3);
  });

  it("keeps what is shown while the server can't be reached, and tries again", async () => {
    const { server, rows, refresh, query } = await loadedPages(1);
    server.error = offlineError();
    await refresh();
    expect(query.store.getState()).toMatchObject({ data: { rows: ["row 1 of version 1"] }, error: null });
    server.error = null;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rows()).toEqual(["row 1 of version 2"]);
    expect(server.requests).toBe(3);
  });

  it("shows nothing that may no longer be seen", async () => {
    const { server, refresh, query } = await loadedPages(1);
    server.error = new CallError({ code: "forbidden", message: "Only admins can." });
    await refresh();
    expect(query.store.getState()).toMatchObject({ data: undefined, error: { code: "forbidden" } });
  });

  it("follows the next page that interrupted it, or that interrupted its retry", async () => {
    const { query, rows, refresh, server } = await loadedPages(1);
    const refreshing = refresh();
    await query.loadMore();
    await refreshing;
    await vi.advanceTimersByTimeAsync(0);
    expect(rows()).toEqual(["row 1 of version 2", "row 2 of version 2"]);
    server.error = offlineError();
    await refresh();
    server.error = null;
    await query.loadMore();
    await vi.advanceTimersByTimeAsync(0);
    expect(rows()).toEqual(["row 1 of version 3", "row 2 of version 3", "row 3 of version 3"]);
  });

  it("does not count a page that arrived after the list was loaded again", async () => {
    const { query, rows, refresh } = await loadedPages(1);
    const more = query.loadMore();
    query.reload();
    await more;
    await vi.advanceTimersByTimeAsync(0);
    await refresh();
    expect(rows()).toEqual(["row 1 of version 2"]);
  });

  it("waits for the next page that is being loaded, and is dropped with the input", async () => {
    const { query, rows, refresh, server } = await loadedPages(1);
    const loading = query.loadMore();
    await refresh();
    await loading;
    await vi.advanceTimersByTimeAsync(0);
    expect(rows()).toEqual(["row 1 of version 2", "row 2 of version 2"]);
    query.cancel();
    const before = server.requests;
    await refresh();
    expect(server.requests).toBe(before);
  });
});
