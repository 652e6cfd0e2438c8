import { z } from "zod";

/** What a room's entry says about unread messages, without those of people whom the caller has blocked. */
export const unreadFields = {
  /** The `seq` of the newest unread messages, ascending, at most 100. */
  unread: z.array(z.int()),
  /** The same of those that mention the caller, which can be older. */
  mentions: z.array(z.int()),
  /** The tick of the caller's blocked people (`Blocks`) that these and `lastMessage` leave out. */
  blocksTick: z.int(),
  /** The tick of the caller's groups with which `mentions` was read. */
  groupsTick: z.int(),
};
