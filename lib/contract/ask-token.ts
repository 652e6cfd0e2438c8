import { z } from "zod";

/** The secret token in the link with which people ask to join a private room. */
export const AskToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, "That's not a valid link.");
