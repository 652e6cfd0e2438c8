import { z } from "zod";

/** The place where a page ended, readable by the server only. Stays valid when the row at that place is deleted. */
export const Cursor = z
  .string()
  .max(2_000)
  .regex(/^[A-Za-z0-9_-]+$/, "That's not a place in this list.");

/** The input fields of every list. */
export const page = ({ most, usual }: { most: number; usual: number }) => ({
  /** `next` of the page before. */
  after: Cursor.optional(),
  limit: z.int().min(1).max(most).default(usual),
});

/** The output field of every list, beside its rows. */
export const nextPage = {
  /** Pass it as `after` to get the next page. Null on the last page. */
  next: Cursor.nullable(),
};
