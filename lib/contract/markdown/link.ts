import { parser } from "./parser";

/** `host` is where it really leads; `deceptive` when its text says otherwise, and the host must stand beside it. */
export type Link = { href: string; host: string; deceptive: boolean };

// Turning the direction of reading, and signs without width, make one address look like another. Joiners stay: emoji and Persian need them.
const tricks = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

export function withoutTricks(text: string) {
  return text.replace(tricks, "");
}

const bare = (host: string) => host.replace(/^www\./, "");

function hostOf(href: string): { host: string; disguised: boolean } {
  try {
    const url = new URL(href);
    if (url.protocol === "mailto:") return { host: decodeURIComponent(url.pathname), disguised: false };
    // https://bank.example@evil.example leads to evil.example.
    return { host: url.host, disguised: url.username !== "" || url.password !== "" };
  } catch {
    return { host: "", disguised: false };
  }
}

export function linkTo(href: string, text: string): Link {
  const { host, disguised } = hostOf(href);
  const claimed = parser.linkify.match(text)?.[0];
  const claims = claimed && bare(hostOf(parser.normalizeLink(claimed.url)).host) !== bare(host);
  return { href, host, deceptive: host !== "" && (disguised || Boolean(claims)) };
}
