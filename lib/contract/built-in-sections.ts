/** The sections that everybody's sidebar has. All others are the caller's own. */
export const builtInSections = ["favourites", "rooms", "directs"] as const;
export type BuiltInSection = (typeof builtInSections)[number];
