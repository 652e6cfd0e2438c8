import { type Logger, pino } from "pino";
import { redactText } from "./redact";
import { once } from "./once";

/**
 * Logs JSON lines to standard output. Fields whose names suggest a secret or a message's text are removed. Parts of errors that
 * could contain one are cut.
 */
export function log(): Logger {
  return once("log", () => {
    const secret = ["password", "current", "next", "token", "body", "cookie", "authorization", "email"];
    return pino({
      level: process.env.LOG_LEVEL || "info",
      base: { pid: process.pid },
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[cut]" },
      serializers: { err: redactedText },
    });
  });
}

/** Sends the console output of libraries through the log, which cuts it, because it may contain parts of a request. */
export function captureConsole(): void {
  const levels = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug", trace: "debug" } as const;
  for (const [name, level] of Object.entries(levels)) {
    Object.assign(console, {
      [name]: (...parts: unknown[]) => log()[level]({ err: parts.map(redactedText).join(" ") }, "printed by a library"),
    });
  }
}

function redactedText(value: unknown): string {
  if (typeof value === "string") return redactText(value);
  const { stack } = (value ?? {}) as { stack?: unknown };
  return typeof stack === "string" ? redactText(stack) : `[${typeof value}]`;
}
