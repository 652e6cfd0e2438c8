import type { Body } from "./tree";

/** A message as one unparsed text, shown exactly as it was typed. */
export const typed = (body: string): Body => ({ blocks: [{ type: "typed", text: body }], big: false });
