import { expect, test } from "vitest";
import { makeTokenSigner } from "./signed-token";

const secret = "a secret that is long enough for any test";
const signer = makeTokenSigner(secret, "session");
const ids = ["019a5e0c-4b7e-7c1d-9f00-2b6a1c3d4e5f", "019a5e0c-4b7e-7c1d-9f00-000000000000"];
const token = signer.sign(ids, 60);

test("A token gives back what was signed, on every process with the same secret, in characters a cookie may hold", () => {
  expect(makeTokenSigner(secret, "session").read(token)).toEqual(ids);
  expect(token).toMatch(/^[\w.~-]{1,200}$/);
  expect(encodeURIComponent(token)).toBe(token);
});

test("A token with any one character changed is refused", () => {
  for (let at = 0; at < token.length; at++) {
    for (const other of ["A", "0", "b", "-", ".", "~"]) {
      if (other === token[at]) continue;
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(signer.read(changed), changed).toBeNull();
    }
  }
});

test("A token with anything cut off, added, repeated or moved is refused", () => {
  for (let length = 0; length < token.length; length++) {
    expect(signer.read(token.slice(0, length))).toBeNull();
    expect(signer.read(token.slice(length + 1))).toBeNull();
  }
  const [version, expiry, , signature] = token.split(".");
  const reversed = [version, expiry, ids.toReversed().join("~"), signature].join(".");
  const fewer = [version, expiry, ids[0], signature].join(".");
  for (const forged of [`${token}=`, `${token}.`, ` ${token}`, token + token, `${token}\n`, reversed, fewer])
    expect(signer.read(forged), forged).toBeNull();
});

test("A token for another purpose or of another installation is refused", () => {
  for (const other of [makeTokenSigner(secret, "device"), makeTokenSigner(`${secret}.`, "session")]) {
    expect(signer.read(other.sign(ids, 60))).toBeNull();
    expect(other.read(token)).toBeNull();
  }
});

test("A token is refused once it has expired", () => {
  expect(signer.read(signer.sign(ids, 1))).toEqual(ids);
  expect(signer.read(signer.sign(ids, 0))).toBeNull();
  expect(signer.read(signer.sign(ids, -60))).toBeNull();
});
