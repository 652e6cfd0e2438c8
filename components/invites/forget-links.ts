/** What the keys of stored links begin with. */
export const linkPrefix = "parley.invite ";

/** Removes all stored links, so that the next person to use this tab does not get them. */
export function forgetLinks(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(linkPrefix)) sessionStorage.removeItem(key);
  } catch {
    // Without storage, there are no links to remove.
  }
}
