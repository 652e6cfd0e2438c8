import { limits } from "@/lib/contract/limits";

/** "1 reply", "12 replies" or "999+ replies". */
export const repliesText = (count: number): string =>
  count === 1 ? "1 reply" : `${count >= limits.replies ? `${limits.replies - 1}+` : count} replies`;
