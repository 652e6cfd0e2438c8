import { printable } from "./plain-error.mjs";

/**
 * Shows progress. `log(text)` starts an activity, which lasts until the next `log` or `done()`. The activity's duration is shown
 * in the same line on a terminal, and as a new line every ten seconds elsewhere.
 */
export function showProgress(output = process.stdout) {
  let current;

  function tick() {
    const seconds = Math.round((Date.now() - current.startedAt) / 1000);
    if (output.isTTY) output.write(`\r${current.text} … ${seconds} s`);
    else if (seconds % 10 === 0) output.write(`  … ${seconds} s\n`);
  }

  function done() {
    if (!current) return;
    clearInterval(current.timer);
    if (output.isTTY) output.write("\n");
    current = undefined;
  }

  function log(text) {
    done();
    current = { text: printable(text), startedAt: Date.now(), timer: setInterval(tick, 1000) };
    current.timer.unref();
    output.write(output.isTTY ? `${current.text} …` : `${current.text} …\n`);
  }

  /** Prints one line that is not an activity. */
  function say(text) {
    done();
    output.write(`${printable(text)}\n`);
  }

  return { log, say, done };
}
