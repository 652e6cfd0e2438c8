/** A worker answers each message `{ id, question }` with `{ id, answer }`, and says "ready" once when it has started. */
export type Reply<Answer> = "ready" | { id: number; answer: Answer };

/**
 * `tooLate`: the time limit passed, or the worker failed. `notAsked`: the question was aborted before its turn, or no worker
 * could start; a later try may succeed.
 */
export type Outcome<Answer> = { answer: Answer } | "tooLate" | "notAsked";

/** Abort `signal` when the answer is no longer needed: a question that is still waiting is then skipped. */
export type Ask<Question, Answer> = (question: Question, signal: AbortSignal) => Promise<Outcome<Answer>>;

type Waiting<Question, Answer> = { question: Question; signal: AbortSignal; settle: (how: Outcome<Answer>) => void };

type Options = {
  start: () => Worker;
  /** How long one answer may take. After that the worker is terminated, because nothing else stops a regular expression. */
  answerWithinMs: number;
  /** How long fetching and starting the worker may take. */
  startWithinMs?: number;
  /** How long to wait after the worker could not start. */
  restMs?: number;
};

/**
 * Asks a worker one question at a time, the newest first, because it is about what is on the screen. For work on untrusted text
 * that could take any amount of time.
 */
export function askWorker<Question, Answer>(options: Options): Ask<Question, Answer> {
  const { start, answerWithinMs, startWithinMs = 20_000, restMs = 30_000 } = options;
  const waiting: Waiting<Question, Answer>[] = [];
  let current: Waiting<Question, Answer> | undefined;
  let worker: Worker | undefined;
  let ready = false;
  let id = 0;
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end() {
    clearTimeout(timer);
    worker?.terminate();
    worker = undefined;
    ready = false;
  }

  function settle(how: Outcome<Answer>) {
    clearTimeout(timer);
    current?.settle(how);
    current = undefined;
    next();
  }

  function couldNotStart() {
    end();
    restUntil = Date.now() + restMs;
    for (const each of waiting.splice(0)) each.settle("notAsked");
  }

  function failed() {
    end();
    settle("tooLate");
  }

  function begin() {
    let started: Worker;
    try {
      started = start();
    } catch {
      couldNotStart();
      return;
    }
    worker = started;
    started.addEventListener("message", ({ data }: MessageEvent<Reply<Answer>>) => {
      if (worker !== started) return;
      if (data === "ready") {
        clearTimeout(timer);
        ready = true;
        next();
      } else if (data.id === id) settle({ answer: data.answer });
    });
    started.addEventListener("error", () => {
      if (worker !== started) return;
      // Before `ready`, an error means that the worker could not be fetched or is not allowed to run.
      if (ready) failed();
      else couldNotStart();
    });
    timer = setTimeout(couldNotStart, startWithinMs);
  }

  function next() {
    while (!current && waiting.at(-1)?.signal.aborted) waiting.pop()?.settle("notAsked");
    if (current || waiting.length === 0) return;
    if (!worker) begin();
    if (!worker || !ready) return;
    current = waiting.pop();
    id++;
    // Two timers of half the time: if the page was blocked, it handles a waiting answer before the second timer fires.
    timer = setTimeout(() => {
      timer = setTimeout(failed, answerWithinMs / 2);
    }, answerWithinMs / 2);
    worker.postMessage({ id, question: current?.question }, []);
  }

  return (question, signal) =>
    new Promise((resolve) => {
      if (Date.now() < restUntil) return resolve("notAsked");
      waiting.push({ question, signal, settle: resolve });
      next();
    });
}
