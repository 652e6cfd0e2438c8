import { z } from "zod";

/** The place in a list where a page ended. Only the server can read it. It stays valid if the row at that place is deleted. */
export const Cursor = z
  .string()
  .max(2_000)
  .regex(/^[A-Za-z0-9_-]+$/, "That's not a place in this list.");

/** The input fields of every list. */
export const page = ({ maxLimit, defaultLimit }: { maxLimit: number; defaultLimit: number }) => ({
  /** The `next` of the previous page. */
  after: Cursor.optional(),
  limit: z.int().min(1).max(maxLimit).default(defaultLimit),
});

/** The output field of every list, beside its rows. */
export const nextPage = {
  /** Pass it as `after` to get the next page. Null on the last page. */
  next: Cursor.nullable(),
};
