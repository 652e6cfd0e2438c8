import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Outcome, type Reply, askWorker } from "./ask-worker";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A fake worker. The test decides when it starts, answers and fails. */
class HandWorker extends EventTarget {
  terminated = false;
  asked: { id: number; question: string }[] = [];
  postMessage(data: { id: number; question: string }) {
    this.asked.push(data);
  }
  terminate() {
    this.terminated = true;
  }
  say(data: Reply<string>) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  fail() {
    this.dispatchEvent(new Event("error"));
  }
  answer() {
    const last = this.asked.at(-1);
    if (last) this.say({ id: last.id, answer: `answer to ${last.question}` });
  }
}

function set(start?: () => Worker) {
  const workers: HandWorker[] = [];
  const ask = askWorker<string, string>({
    start:
      start ??
      (() => {
        const worker = new HandWorker();
        workers.push(worker);
        return worker as unknown as Worker;
      }),
    answerWithinMs: 300,
    startWithinMs: 5_000,
    startAgainAfterMs: 30_000,
  });
  const outcomes: Record<string, Outcome<string>> = {};
  const put = (question: string, signal = new AbortController().signal) =>
    void ask(question, signal).then((outcome) => (outcomes[question] = outcome));
  const worker = (at: number) => workers[at] as HandWorker;
  return { put, outcomes, workers, worker };
}
const turn = () => vi.advanceTimersByTimeAsync(0);

describe("a worker with a deadline", () => {
  it("starts one worker, at the first question", async () => {
    const { put, outcomes, workers, worker } = set();
    expect(workers).toHaveLength(0);
    put("a");
    put("b");
    worker(0).say("ready");
    worker(0).answer();
    await turn();
    worker(0).answer();
    await turn();
    expect(outcomes).toEqual({ a: { answer: "answer to a" }, b: { answer: "answer to b" } });
    expect(workers).toHaveLength(1);
  });

  it("terminates a worker that takes too long, and starts a new one for the next question", async () => {
    const { put, outcomes, workers, worker } = set();
    put("honest");
    put("endless");
    worker(0).say("ready");
    await vi.advanceTimersByTimeAsync(299);
    expect(worker(0).terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(worker(0).terminated).toBe(true);
    worker(0).answer(); // too late, and must not count as the answer to another question
    worker(1).say("ready");
    worker(1).answer();
    await turn();
    expect(outcomes).toEqual({ endless: "tooLate", honest: { answer: "answer to honest" } });
    expect(workers).toHaveLength(2);
  });

  it("does not count the worker's loading time towards the deadline", async () => {
    const { put, outcomes, worker } = set();
    put("a");
    await vi.advanceTimersByTimeAsync(4_000);
    worker(0).say("ready");
    await vi.advanceTimersByTimeAsync(250);
    worker(0).answer();
    await turn();
    expect(outcomes).toEqual({ a: { answer: "answer to a" } });
  });

  it("asks the newest question first, and skips aborted ones", async () => {
    const { put, outcomes, worker } = set();
    const gone = new AbortController();
    put("first");
    put("gone", gone.signal);
    put("last");
    gone.abort();
    worker(0).say("ready");
    for (let at = 0; at < 3; at++) {
      worker(0).answer();
      await turn();
    }
    expect(worker(0).asked.map(({ question }) => question)).toEqual(["last", "first"]);
    expect(outcomes.gone).toBe("notAsked");
  });

  it.each([
    ["reports an error", (worker: HandWorker) => worker.fail()],
    ["does not come", () => vi.advanceTimersByTime(5_000)],
  ])("gives up all waiting questions when the worker %s, and tries again later", async (_what, fail) => {
    const { put, outcomes, workers, worker } = set();
    put("a");
    put("b");
    fail(worker(0));
    await turn();
    expect(outcomes).toEqual({ a: "notAsked", b: "notAsked" });
    put("c");
    await turn();
    expect(outcomes.c).toBe("notAsked");
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(30_000);
    put("d");
    worker(1).say("ready");
    worker(1).answer();
    await turn();
    expect(outcomes.d).toEqual({ answer: "answer to d" });
  });

  it("answers at once if the browser has no workers", async () => {
    const { put, outcomes } = set(() => {
      throw new Error("Worker is not defined");
    });
    put("a");
    await turn();
    expect(outcomes).toEqual({ a: "notAsked" });
  });

  it("gives up only the question at which the worker fails", async () => {
    const { put, outcomes, worker } = set();
    put("b");
    put("a");
    worker(0).say("ready");
    worker(0).fail();
    worker(1).say("ready");
    worker(1).answer();
    await turn();
    expect(outcomes).toEqual({ a: "tooLate", b: { answer: "answer to b" } });
  });
});
