/**
 * How a login came to its end: signed out there, or from another login of the same person; by a new password; as the oldest of
 * too many; at its longest time; unused; with its person. `unknown` is one of a version that did not note it.
 */
export type Ending = "here" | "elsewhere" | "password" | "crowd" | "time" | "unused" | "deactivated" | "unknown";
