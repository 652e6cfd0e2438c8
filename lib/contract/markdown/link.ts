import { honestHostOf, hostOf } from "./honest-host";

/** `host` is where it leads, "" when unknown; `beside` must stand next to the text, because the text says otherwise. */
export type Link = { href: string; host: string; beside: string | null };

// Turning the direction of reading, and signs without width, make one address look like another. Joiners stay: emoji and Persian need them.
const tricks = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

export function withoutTricks(text: string) {
  return text.replace(tricks, "");
}

export function linkTo(href: string, text: string): Link {
  const beside = honestHostOf(withoutTricks(text), href);
  return { href, host: withoutTricks(hostOf(href) ?? ""), beside: beside && withoutTricks(beside) };
}
