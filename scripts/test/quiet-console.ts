// Fails a test that logs a warning or an error to the console, because it would go unnoticed. A test that expects the output
// replaces console.error or console.warn with its own vi.spyOn(...).mockImplementation(...).
import { afterEach, beforeEach } from "vitest";

const noise: string[] = [];

beforeEach(() => {
  noise.length = 0;
  for (const level of ["error", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      noise.push(`console.${level}: ${words.map(String).join(" ")}`);
    };
  }
});

afterEach(() => {
  if (noise.length > 0) throw new Error(`Unexpected words on the console:\n${noise.join("\n")}`);
});
