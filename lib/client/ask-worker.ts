/** A worker answers each message `{ id, question }` with `{ id, answer }`. It sends "ready" once, when it has started. */
export type Reply<Answer> = "ready" | { id: number; answer: Answer };

/**
 * `tooLate`: the time limit passed, or the worker failed. `notAsked`: the question was aborted while it waited, or no worker
 * could start. After `notAsked`, a later try may succeed.
 */
export type Outcome<Answer> = { answer: Answer } | "tooLate" | "notAsked";

/** Abort `signal` when the answer is no longer needed. A question that is still waiting is then skipped. */
export type Ask<Question, Answer> = (question: Question, signal: AbortSignal) => Promise<Outcome<Answer>>;

type Waiting<Question, Answer> = {
  question: Question;
  signal: AbortSignal;
  finishCurrent: (outcome: Outcome<Answer>) => void;
};

type Options = {
  start: () => Worker;
  /** How long one answer may take. Then the worker is terminated, because nothing else can stop a regular expression. */
  answerWithinMs: number;
  /** How long fetching and starting the worker may take. */
  startWithinMs?: number;
  /** How long to wait after a failed start before starting a worker again. */
  startAgainAfterMs?: number;
};

/**
 * Sends questions to a worker, one at a time. The newest comes first, because it is about the text on the screen. Use this for
 * work on untrusted text, which could take any amount of time.
 */
export function askWorker<Question, Answer>(options: Options): Ask<Question, Answer> {
  const { start, answerWithinMs, startWithinMs = 20_000, startAgainAfterMs = 30_000 } = options;
  const waiting: Waiting<Question, Answer>[] = [];
  let current: Waiting<Question, Answer> | undefined;
  let worker: Worker | undefined;
  let isReady = false;
  let id = 0;
  let noStartUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function terminateWorker() {
    clearTimeout(timer);
    worker?.terminate();
    worker = undefined;
    isReady = false;
  }

  function finishCurrent(outcome: Outcome<Answer>) {
    clearTimeout(timer);
    current?.finishCurrent(outcome);
    current = undefined;
    askNext();
  }

  function onStartFailed() {
    terminateWorker();
    noStartUntil = performance.now() + startAgainAfterMs;
    for (const each of waiting.splice(0)) each.finishCurrent("notAsked");
  }

  function onAnswerFailed() {
    terminateWorker();
    finishCurrent("tooLate");
  }

  function startWorker() {
    let thisWorker: Worker;
    try {
      thisWorker = start();
    } catch {
      onStartFailed();
      return;
    }
    worker = thisWorker;
    thisWorker.addEventListener("message", ({ data }: MessageEvent<Reply<Answer>>) => {
      if (worker !== thisWorker) return;
      if (data === "ready") {
        clearTimeout(timer);
        isReady = true;
        askNext();
      } else if (data.id === id) finishCurrent({ answer: data.answer });
    });
    thisWorker.addEventListener("error", () => {
      if (worker !== thisWorker) return;
      // Before `isReady`, an error means that the worker could not be fetched or is not allowed to run.
      if (isReady) onAnswerFailed();
      else onStartFailed();
    });
    timer = setTimeout(onStartFailed, startWithinMs);
  }

  function askNext() {
    while (!current && waiting.at(-1)?.signal.aborted) waiting.pop()?.finishCurrent("notAsked");
    if (current || waiting.length === 0) return;
    if (!worker) startWorker();
    if (!worker || !isReady) return;
    current = waiting.pop();
    id++;
    // Two timers of half the time each. If the page was blocked, it handles an answer that is already waiting before the second
    // timer fires.
    timer = setTimeout(() => {
      timer = setTimeout(onAnswerFailed, answerWithinMs / 2);
    }, answerWithinMs / 2);
    worker.postMessage({ id, question: current?.question }, []);
  }

  return (question, signal) =>
    new Promise((resolve) => {
      if (performance.now() < noStartUntil) return resolve("notAsked");
      waiting.push({ question, signal, finishCurrent: resolve });
      askNext();
    });
}
