import { spawn } from "node:child_process";
import { PlainError } from "./plain-error.mjs";

/**
 * Runs a command without showing its output. If the command fails, prints the output and throws a PlainError with `sentence`.
 * `signal` stops the command. The command inherits `lockDescriptor`, so it keeps the checkout's lock even if it outlives this
 * process.
 */
export async function run(command, args, { sentence, lockDescriptor, ...options }) {
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", "pipe", "pipe", ...(lockDescriptor === undefined ? [] : [lockDescriptor])],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      // A child that was started may write until it exits. Then "close" resolves the promise.
      if (child.pid === undefined) resolve(1);
    });
    child.once("close", resolve);
  });
  if (code === 0) return;
  if (!options.signal?.aborted) process.stderr.write(Buffer.concat(output));
  throw new PlainError(sentence);
}
