import { hostToShow, hostOf } from "./link-host";

/** `host` is "" if unknown. `beside` is the host to show next to a text that claims another one, else null. */
export type Link = { href: string; host: string; beside: string | null };

// Direction controls and zero-width characters can make one address look like another. Joiners stay: emoji and Persian
// need them.
const misleadingCharacters = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

export function withoutMisleadingCharacters(text: string) {
  return text.replace(misleadingCharacters, "");
}

export function linkTo(href: string, text: string): Link {
  const beside = hostToShow(withoutMisleadingCharacters(text), href);
  return {
    href,
    host: withoutMisleadingCharacters(hostOf(href) ?? ""),
    beside: beside && withoutMisleadingCharacters(beside),
  };
}
