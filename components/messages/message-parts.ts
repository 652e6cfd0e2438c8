/** Ids by which a message's row is called after its parts: author, body, time. */
export const partIds = (messageId: string) => ({
  author: `m-${messageId}-author`,
  body: `m-${messageId}-body`,
  time: `m-${messageId}-time`,
  state: `m-${messageId}-state`,
});
