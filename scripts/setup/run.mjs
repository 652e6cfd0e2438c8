import { spawn } from "node:child_process";
import { PlainError } from "./plain-error.mjs";

/**
 * Runs a command quietly; when it fails, shows all it had to say and throws `sentence`. `signal` stops it. `turn` is the
 * checkout's: a command that goes on after we were killed keeps others waiting.
 */
export async function run(command, args, { sentence, turn, ...options }) {
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", "pipe", "pipe", ...(turn === undefined ? [] : [turn])],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      // A child that was told to stop still writes until it has ended.
      if (child.pid === undefined) resolve(1);
    });
    child.once("close", resolve);
  });
  if (code === 0) return;
  if (!options.signal?.aborted) process.stderr.write(Buffer.concat(output));
  throw new PlainError(sentence);
}
