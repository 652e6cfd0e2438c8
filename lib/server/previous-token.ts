import { decode } from "next-auth/jwt";
import { env } from "./env";
import type { TokenPurpose } from "./signed-token";

const salts: Record<TokenPurpose, string> = { session: "", device: "parley: a browser that signed in" };

/**
 * Reads the ids in a token of the format before decision 0033, which encrypted them. Null if the token is not valid. Reading
 * takes about forty times as long as for a signed token. Delete this file once the last of these tokens has expired.
 */
export async function readPreviousToken(token: string, purpose: TokenPurpose): Promise<string[] | null> {
  // Every encrypted token begins like this.
  if (!token.startsWith("eyJ")) return null;
  const content = await decode({ token, secret: env().authSecret, salt: salts[purpose] }).catch(() => null);
  if (!content) return null;
  const { sid, acc, did, accounts } = content;
  const ids = purpose === "session" ? [sid, acc ?? sid] : [did, ...(Array.isArray(accounts) ? accounts : [])];
  return ids.every((id) => typeof id === "string") ? ids : null;
}
