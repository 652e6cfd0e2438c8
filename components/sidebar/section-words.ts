import type { BuiltInSection } from "@/lib/contract/built-in-sections";
import type { Section } from "@/lib/contract/section";

const builtInNames: Readonly<Record<BuiltInSection, string>> = {
  favourites: "Favourites",
  rooms: "Rooms",
  directs: "Direct messages",
};

/** What a section is called. */
export const sectionName = ({ id, name }: Section): string => name ?? builtInNames[id as BuiltInSection];

export const sortWords: Readonly<Record<Section["sort"], string>> = { name: "By name", activity: "Newest first" };
