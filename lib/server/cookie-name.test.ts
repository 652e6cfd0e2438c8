import { expect, test } from "vitest";
import { cookieNameIn } from "./cookie-name";

const secret = "a secret that is long enough for any test";
const at = (url: string, authSecret = secret) => cookieNameIn({ authSecret, publicUrl: new URL(url) }, "session");

test("A cookie's name is that of one installation, whatever its process and port, and of no other", () => {
  expect(at("http://localhost:3000")).toBe(at("http://localhost:3001"));
  expect(at("http://localhost:3000")).not.toBe(at("http://localhost:3000", `${secret}.`));
});

test("A cookie's name is one that browsers take, tells nothing of the secret, and over https is bound to its host", () => {
  expect(at("http://localhost:3000")).toMatch(/^parley\.session\.[0-9a-f]{10}$/);
  expect(at("https://chat.example.org")).toMatch(/^__Host-parley\.session\.[0-9a-f]{10}$/);
});
