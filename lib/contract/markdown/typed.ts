import type { Body } from "./tree";

/** A message as it was typed, marks and all: one text, whatever is in it. */
export const typed = (body: string): Body => ({ blocks: [{ type: "typed", text: body }], big: false });
