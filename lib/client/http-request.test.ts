import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchAnswer } from "./http-request";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => {});

it.each([
  ["whose server does not answer", () => never],
  ["whose answer never ends, even after it was aborted", async () => ({ json: () => never }) as unknown as Response],
])("A request %s counts as offline after 15 seconds, and is aborted", async (_name, answer) => {
  let signal: AbortSignal | null | undefined;
  const outcome = fetchAnswer(
    {
      baseUrl: "",
      fetch: (_url, init) => {
        signal = init.signal;
        return answer();
      },
    },
    "home.show",
    {},
  ).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(14_999);
  expect(signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toMatchObject({ code: "offline" });
  expect(signal?.aborted).toBe(true);
});
