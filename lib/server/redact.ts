/**
 * Cuts from an error's text what a person may have written: quoted parts, email addresses, tokens in links, queries, and words
 * long enough to be a secret. Stack frames stay as they are.
 */
export function redactText(text: string): string {
  const start = text.slice(0, 8_000);
  const frames = start.search(/\n\s+at /);
  return frames < 0 ? redactMessage(start) : redactMessage(start.slice(0, frames)) + start.slice(frames);
}

function redactMessage(message: string): string {
  return message
    .replace(/"[^"]*("|$)|`[^`]*(`|$)|(?<!\w)'[^']*('|$)/g, "[cut]")
    .replace(/\S+@\S+/g, "[cut]")
    .replace(/\/(join|reset|password-reset)\/\S+/g, "/$1/[cut]")
    .replace(/[?#]\S+/g, "[cut]")
    .replace(/[\w%+-]{24,}/g, "[cut]");
}
