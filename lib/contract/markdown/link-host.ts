// Finds links whose text claims a different host from the one they lead to.
import { isLookalike } from "./lookalike";

// File extensions that are not top-level domains. An ending that is both (.md, .sh, .zip) counts as a domain.
const fileExtensions: ReadonlySet<string> = new Set(
  "js ts tsx jsx mjs cjs json yaml yml toml txt css html htm xml pdf png jpg jpeg gif svg webp doc docx xls xlsx ppt csv go java php rb cpp sql lock log conf exe".split(
    " ",
  ),
);

/** In characters. A longer text is not searched for claims: its link always shows the host. */
const longestText = 2_000;

const parse = (address: string) => (URL.canParse(address) ? new URL(address) : null);

/** The host of a URL in punycode (xn--...), or the address of a mailto link. Null for any other URL. */
export function hostOf(href: string): string | null {
  const url = parse(href);
  if (url?.protocol !== "mailto:") return url?.host || null;
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return url.pathname;
  }
}

/**
 * The host to show next to a link because its text claims another host, or one with look-alike letters. Null if the text
 * names the same host or no host.
 */
export function hostToShow(text: string, href: string): string | null {
  const url = parse(href);
  const host = hostOf(href);
  if (!url || !host) return null;
  if (url.protocol === "http:" && /https:/i.test(text)) return `http://${host}`;
  // The part before an @ is a user name: https://bank.example@evil.example leads to evil.example.
  if (url.username || url.password || text.length > longestText) return host;
  const matches = url.protocol === "mailto:" ? matchesMail(host) : matchesLink(host);
  return claimsOf(text, url.protocol).every(matches) ? null : host;
}

const matchesLink = (host: string) => (claim: Claim) =>
  comparable(claim.host) === comparable(host) && !claim.hasUserInfo && !isLookalike(claim.typed);

const matchesMail = (address: string) => (claim: Claim) =>
  `${claim.user}@${claim.typed}`.toLowerCase() === address.toLowerCase() && !isLookalike(claim.typed);

const comparable = (host: string) => host.replace(/^www\./, "").replace(/\.(?=$|:)/, "");

/** `typed` is the host as written in the text. `host` is the same host as a browser parses it. */
type Claim = { user: string; typed: string; host: string; hasUserInfo: boolean };

/** Every host or e-mail address that a person would see in a text. */
function claimsOf(text: string, protocol: string): Claim[] {
  // Browsers read the Chinese and Japanese full stop as a dot and full-width letters as letters. The characters in the
  // last line look like a slash.
  const normalized = text
    .normalize("NFKC")
    .replace(/[\u3002\uFF61]/g, ".")
    .replace(/[\u2044\u2215\u29F8]/g, "/");
  return (normalized.match(/[\p{L}\p{M}\p{N}.\-_:@/\\?#%[\]]+/gu) ?? []).flatMap(
    (word) => claimOf(word, protocol) ?? [],
  );
}

function claimOf(word: string, protocol: string): Claim | null {
  const scheme = /(https?):[/\\]*|[a-z]{1,20}:[/\\]+|^[/\\]{2,}/i.exec(word);
  const address = scheme ? word.slice(scheme.index + scheme[0].length) : word;
  const authority = address.split(/[/\\?#]/, 1)[0] ?? "";
  const at = authority.lastIndexOf("@");
  const user = authority.slice(0, Math.max(at, 0)).replace(/^mailto:/i, "");
  const typed = authority
    .slice(at + 1)
    .replace(/^[-_]+|[.:\-_]+$/g, "")
    .replace(/^\[(?!.*:)|(?<!:.*)\]$/g, "");
  if (!typed || !(scheme || looksLikeHost(typed.replace(/:\d*$/, "")))) return null;
  const url = parse(`${scheme?.[1] ?? (protocol === "http:" ? "http" : "https")}://${typed}`);
  // Even if no browser can parse a host, it looks like one to a reader.
  return { user, typed, host: url?.host ?? typed, hasUserInfo: scheme !== null && at >= 0 };
}

function looksLikeHost(name: string): boolean {
  if (/^\[[0-9a-f:.]+\]$/i.test(name)) return true;
  const labels = name.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || labels.includes("")) return false;
  if (labels.length === 4 && labels.every((label) => /^(?:0x[0-9a-f]+|\d+)$/i.test(label))) return true;
  return /^(?:[\p{L}\p{M}]{2,}|xn--[a-z0-9-]+)$/iu.test(last) && !fileExtensions.has(last.toLowerCase());
}
