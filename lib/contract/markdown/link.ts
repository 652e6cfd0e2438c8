import { honestHostOf, hostOf } from "./honest-host";

/** `host` is "" if unknown. `beside` is the host to show next to a text that claims another one, else null. */
export type Link = { href: string; host: string; beside: string | null };

// Direction controls and zero-width characters can make one address look like another. Joiners stay: emoji and Persian
// need them.
const tricks = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

export function withoutTricks(text: string) {
  return text.replace(tricks, "");
}

export function linkTo(href: string, text: string): Link {
  const beside = honestHostOf(withoutTricks(text), href);
  return { href, host: withoutTricks(hostOf(href) ?? ""), beside: beside && withoutTricks(beside) };
}
