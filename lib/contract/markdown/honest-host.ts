// Where a link really leads, when its text says something else.
import { isLookalike } from "./lookalike";

// Endings of files that are no endings of addresses. What is both (.md, .sh, .zip) counts as an address.
const files: ReadonlySet<string> = new Set(
  "js ts tsx jsx mjs cjs json yaml yml toml txt css html htm xml pdf png jpg jpeg gif svg webp doc docx xls xlsx ppt csv go java php rb cpp sql lock log conf exe".split(
    " ",
  ),
);

/** In characters. Nobody reads that far, so a longer text hides whatever it claims. */
const longestText = 2_000;

const parse = (address: string) => (URL.canParse(address) ? new URL(address) : null);

/** Where an address leads: a host as browsers write it (xn--...), or a mail address. Null when nowhere. */
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
 * The host that must stand beside a link because its text claims another, or one that only looks like it. Null when the
 * text is honest: it names the same host, or none.
 */
export function honestHostOf(text: string, href: string): string | null {
  const url = parse(href);
  const host = hostOf(href);
  if (!url || !host) return null;
  if (url.protocol === "http:" && /https:/i.test(text)) return `http://${host}`;
  // https://bank.example@evil.example leads to evil.example.
  if (url.username || url.password || text.length > longestText) return host;
  const honest = url.protocol === "mailto:" ? isHonestMail(host) : isHonestLink(host);
  return claimsOf(text, url.protocol).every(honest) ? null : host;
}

const isHonestLink = (host: string) => (claim: Claim) =>
  bare(claim.host) === bare(host) && !claim.disguised && !isLookalike(claim.typed);

const isHonestMail = (address: string) => (claim: Claim) =>
  `${claim.user}@${claim.typed}`.toLowerCase() === address.toLowerCase() && !isLookalike(claim.typed);

const bare = (host: string) => host.replace(/^www\./, "").replace(/\.(?=$|:)/, "");

/** `typed` is the host as it is read, `host` as a browser understands it. */
type Claim = { user: string; typed: string; host: string; disguised: boolean };

/** Every address that somebody would read in a text. */
function claimsOf(text: string, protocol: string): Claim[] {
  // To browsers the full stop of Chinese and Japanese is a dot, and a full-width letter is a letter.
  // Some signs look like a slash.
  const plain = text
    .normalize("NFKC")
    .replace(/[\u3002\uFF61]/g, ".")
    .replace(/[\u2044\u2215\u29F8]/g, "/");
  return (plain.match(/[\p{L}\p{M}\p{N}.\-_:@/\\?#%[\]]+/gu) ?? []).flatMap((word) => claimOf(word, protocol) ?? []);
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
  // What no browser takes for an address still looks like one.
  return { user, typed, host: url?.host ?? typed, disguised: scheme !== null && at >= 0 };
}

function looksLikeHost(name: string): boolean {
  if (/^\[[0-9a-f:.]+\]$/i.test(name)) return true;
  const labels = name.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || labels.includes("")) return false;
  if (labels.length === 4 && labels.every((label) => /^(?:0x[0-9a-f]+|\d+)$/i.test(label))) return true;
  return /^(?:[\p{L}\p{M}]{2,}|xn--[a-z0-9-]+)$/iu.test(last) && !files.has(last.toLowerCase());
}
