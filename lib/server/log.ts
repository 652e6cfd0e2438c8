import { type Logger, pino } from "pino";
import { cutText } from "./cut";
import { once } from "./once";

/**
 * JSON lines on standard output. What could hold a secret or a message's text is cut out: by name, wherever it stands,
 * and from the texts of errors.
 */
export function log(): Logger {
  return once("log", () => {
    const secret = ["password", "current", "next", "token", "body", "cookie", "authorization", "email"];
    return pino({
      level: process.env.LOG_LEVEL || "info",
      base: { pid: process.pid },
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[cut]" },
      serializers: { err: textOf },
    });
  });
}

/** Sends what libraries print to the log: their lines may hold parts of a request. */
export function captureConsole(): void {
  const levels = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug", trace: "debug" } as const;
  for (const [name, level] of Object.entries(levels)) {
    Object.assign(console, {
      [name]: (...parts: unknown[]) => log()[level]({ err: parts.map(textOf).join(" ") }, "printed by a library"),
    });
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return cutText(value);
  const { stack } = (value ?? {}) as { stack?: unknown };
  return typeof stack === "string" ? cutText(stack) : `[${typeof value}]`;
}
