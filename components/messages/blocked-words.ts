/** What stands in the place of a message of somebody whom I block. */
export const blockedWords = "Blocked.";
