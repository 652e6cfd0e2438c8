import { expect, it } from "vitest";
import { isLoopbackName } from "./loopback";

it.each(["localhost", "LOCALHOST", "chat.localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])(
  "%s is the loopback interface",
  (name) => expect(isLoopbackName(name)).toBe(true),
);

it.each(["localhost.example.org", "mylocalhost", "192.168.1.24", "1127.0.0.1", "127.0.0.1.example.org", "0.0.0.0", ""])(
  "%s is another host",
  (name) => expect(isLoopbackName(name)).toBe(false),
);
