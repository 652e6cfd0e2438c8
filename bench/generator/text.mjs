const FILLER =
  "The lamp turned all night and nobody came to the harbour; in the morning the sea was calm again. ".repeat(2);
const BYTES = 200;

/** What a message says: 200 bytes that name it, so that a system that knows no ids of ours can be checked, too. */
export const textOf = (id) => `${id} ${FILLER}`.slice(0, BYTES);

/** The message that says this. */
export const idIn = (text) => text.slice(0, 36);
