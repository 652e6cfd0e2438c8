const FILLER =
  "The lamp turned all night and nobody came to the harbour; in the morning the sea was calm again. ".repeat(2);
const BYTES = 200;

/**
 * A message's body: 200 bytes that start with its id, so that systems without our ids can be checked too. If there is a handle, it mentions
 * that person.
 */
export const textOf = (id, handle) => `${id} ${handle ? `@${handle} ` : ""}${FILLER}`.slice(0, BYTES);

/** The id of the message with this body. */
export const idIn = (text) => text.slice(0, 36);
