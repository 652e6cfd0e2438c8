import { expect, test, vi } from "vitest";
import type { OwnOrganization } from "@/lib/contract/own-organizations";
import type { Call } from "./http";
import { createOwnOrganizations } from "./own-organizations";

const organization = (name: string): OwnOrganization => ({
  id: name,
  name,
  handle: name,
  picture: null,
  isCurrent: name === "one",
  isSignedIn: true,
  isUnread: false,
  waiting: 0,
});

/** The store with a server that answers when it is told to. */
function setting() {
  let time = 0;
  const asked: { answer(names: string[]): void; fail(): void }[] = [];
  const call = (() =>
    new Promise((resolve, reject) =>
      asked.push({
        answer: (names) => resolve({ organizations: names.map(organization), mayCreate: true }),
        fail: () => reject(new Error("No answer.")),
      }),
    )) as unknown as Call;
  let isActive = true;
  const own = createOwnOrganizations({ call, isActive: () => isActive, now: () => time });
  return {
    own,
    asked,
    setActive: (next: boolean) => void (isActive = next),
    pass: (ms: number) => void (time += ms),
    names: () => own.store.getState().answer?.organizations.map(({ name }) => name) ?? null,
  };
}

test("one request is pending at a time, and whoever asks meanwhile gets a newer answer", async () => {
  const { own, asked, names } = setting();
  expect(names()).toBeNull();
  const first = own.refresh();
  for (let time = 0; time < 3; time++) void own.refresh();
  expect(asked).toHaveLength(1);
  asked[0]?.answer(["one", "two"]);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(names()).toEqual(["one", "two"]);
  asked[1]?.answer(["one"]);
  await first;
  expect(asked).toHaveLength(2);
  expect(names()).toEqual(["one"]);
});

test("an account in several organizations asks again after 15 seconds, one in a single one after five minutes", async () => {
  for (const [all, staleMs] of [
    [["one", "two"], 15_000],
    [["one"], 300_000],
  ] as const) {
    const { own, asked, pass } = setting();
    const first = own.refreshIfStale();
    asked[0]?.answer([...all]);
    await first;
    pass(staleMs - 1);
    await own.refreshIfStale();
    expect(asked).toHaveLength(1);
    pass(1);
    void own.refreshIfStale();
    expect(asked).toHaveLength(2);
  }
});

test("a failed request keeps the last answer, and the next one is sent as usual", async () => {
  const { own, asked, names, pass } = setting();
  const first = own.refresh();
  asked[0]?.answer(["one", "two"]);
  await first;
  const second = own.refresh();
  asked[1]?.fail();
  await second;
  expect(names()).toEqual(["one", "two"]);
  pass(15_000);
  const third = own.refreshIfStale();
  asked[2]?.answer(["one", "three"]);
  await third;
  expect(names()).toEqual(["one", "three"]);
});

test("a timer asks only while somebody uses the page", async () => {
  const { own, asked, pass, setActive } = setting();
  setActive(false);
  await own.poll();
  expect(asked).toHaveLength(0);
  setActive(true);
  const first = own.poll();
  asked[0]?.answer(["one", "two"]);
  await first;
  pass(60_000);
  setActive(false);
  await own.poll();
  expect(asked).toHaveLength(1);
  void own.refreshIfStale();
  expect(asked, "the window's focus is a use").toHaveLength(2);
});
