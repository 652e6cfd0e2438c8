import path from "node:path";
import { startProgram } from "../program.mjs";

/** Starts a generator process. Resolves to { pid, ask(name, input), stop() }. */
export async function startGenerator() {
  const file = path.join(import.meta.dirname, "main.mjs");
  const program = await startProgram(process.execPath, [file]);
  const waiting = new Map();
  let lastNumber = 0;
  program.child.on("message", ({ number, output, failure }) => {
    const { resolve, reject } = waiting.get(number);
    waiting.delete(number);
    if (failure) reject(new Error(`The generator failed: ${failure}`));
    else resolve(output);
  });
  void program.ended.then((code) => {
    for (const { reject } of waiting.values()) {
      reject(new Error(`The generator exited (${code}):\n${program.output()}`));
    }
  });
  return {
    pid: program.pid,
    stop: program.stop,
    ask(name, input) {
      const number = ++lastNumber;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        program.child.send({ number, name, input });
      });
    },
  };
}
