import { type Logger, pino } from "pino";
import { once } from "./once";

/** JSON lines on standard output. What could hold a secret or a message's text is cut out by name, wherever it stands. */
export function log(): Logger {
  return once("log", () => {
    const secret = ["password", "current", "next", "token", "body", "cookie", "authorization", "email"];
    return pino({
      level: process.env.LOG_LEVEL || "info",
      base: { pid: process.pid },
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[cut]" },
    });
  });
}
