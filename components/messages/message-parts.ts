/** The element ids of a message's parts. Together they are the accessible name of its row. */
export const partIds = (messageId: string) => ({
  author: `m-${messageId}-author`,
  body: `m-${messageId}-body`,
  time: `m-${messageId}-time`,
  state: `m-${messageId}-state`,
});
