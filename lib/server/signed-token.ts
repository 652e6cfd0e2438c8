import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "./env";
import { once } from "./once";

/** What a token is for. Each purpose has its own key, so a token for one purpose is refused for the other. */
export type TokenPurpose = "session" | "device";

/** Signs ids for one purpose and reads them back. Anyone who has the token can read the ids (decision 0033). */
export interface TokenSigner {
  /** `v1.<expiry, seconds since 1970>.<id>~<id>….<signature>`, in characters that a cookie may hold as they are. */
  sign(ids: string[], lifeSeconds: number): string;
  /** The ids, or null when the token is malformed, expired or not signed by this signer. */
  read(token: string): string[] | null;
}

const version = "v1";
const shape = new RegExp(`^${version}\\.(\\d{1,12})\\.([0-9a-f~-]+)\\.([\\w-]{43})$`);

/** The signer of this installation. */
export const tokenSigner = (purpose: TokenPurpose): TokenSigner =>
  once(`token-signer:${purpose}`, () => makeTokenSigner(env().authSecret, purpose));

/** The signer of an installation with this secret. */
export function makeTokenSigner(authSecret: string, purpose: TokenPurpose): TokenSigner {
  const key = Buffer.from(hkdfSync("sha256", authSecret, "", `parley: ${purpose} token ${version}`, 32));
  const signatureOf = (text: string) => createHmac("sha256", key).update(text).digest("base64url");

  return {
    sign(ids, lifeSeconds) {
      const expiry = Math.floor(Date.now() / 1_000) + lifeSeconds;
      const text = `${version}.${expiry}.${ids.join("~")}`;
      return `${text}.${signatureOf(text)}`;
    },
    read(token) {
      const [, expiry, ids, signature] = shape.exec(token) ?? [];
      if (!expiry || !ids || !signature) return null;
      const expected = signatureOf(token.slice(0, -signature.length - 1));
      // Compared as text, because several texts decode to the same bytes.
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null;
      return Number(expiry) * 1_000 > Date.now() ? ids.split("~") : null;
    },
  };
}
