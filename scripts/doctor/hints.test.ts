import { expect, test } from "vitest";
import { hints } from "./hints.mjs";

test.each<[string, Record<string, string>, number]>([
  ["nothing set", {}, 0],
  ["an https address and no proxy named", { PUBLIC_URL: "https://chat.example.org", HOST: "0.0.0.0" }, 1],
  ["a public address, listening to this machine alone", { PUBLIC_URL: "http://chat.example.org" }, 1],
  ["the same by its number", { PUBLIC_URL: "http://chat.example.org", HOST: "127.0.0.1" }, 1],
  ["its own address", { PUBLIC_URL: "http://localhost:3000" }, 0],
  ["plain http in a network", { PUBLIC_URL: "http://chat.local:3000", HOST: "0.0.0.0" }, 0],
  ["the number of proxies", { PUBLIC_URL: "https://chat.example.org", TRUSTED_PROXIES: "1" }, 0],
  ["the word that there is none", { PUBLIC_URL: "https://chat.example.org", TRUSTED_PROXIES: "0" }, 0],
  ["the proxies' addresses", { PUBLIC_URL: "https://chat.example.org", TRUSTED_PROXIES: "10.0.0.0/8" }, 0],
])("The doctor knows whether a hint about proxies is due with %s", (_, env, count) => {
  expect(hints(env)).toHaveLength(count);
});
