import { printable } from "./plain-error.mjs";

/**
 * Shows progress. `log(text)` begins an activity, which lasts until the next `log` or `done()`. Its duration is shown: on a
 * terminal in the same line, elsewhere as a new line every ten seconds.
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
