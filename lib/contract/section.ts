import { z } from "zod";
import { builtInSections } from "./built-in-sections";
import { fields, Id, line, NewId, operation, Tick } from "./operation";
import { Emoji } from "./picture";
import { Membership } from "./room";
import { limits } from "./limits";

/** Identifies a section of the caller's sidebar: a built-in one, or one of their own. */
export const SectionId = z.union([z.enum(builtInSections), Id]);
export type SectionId = z.infer<typeof SectionId>;

export const SectionSort = z.enum(["name", "activity"]);
export type SectionSort = z.infer<typeof SectionSort>;

/** A section of the caller's sidebar. */
export const Section = fields({
  id: SectionId,
  /** Null for a built-in section. */
  name: z.string().nullable(),
  emoji: z.string().nullable(),
  /** `activity`: the room with the newest message first. */
  sort: SectionSort,
  /** Only the title is shown. */
  isCollapsed: z.boolean(),
  /** Only rooms with unread messages are shown. */
  isUnreadOnly: z.boolean(),
});
export type Section = z.infer<typeof Section>;

/** The sections of a person who has not changed their sidebar. */
export const defaultSections: Section[] = builtInSections.map((id) => {
  return {
    id,
    name: null,
    emoji: null,
    sort: id === "directs" ? "activity" : "name",
    isCollapsed: false,
    isUnreadOnly: false,
  };
});

/** The caller's sidebar. */
export const Sidebar = fields({
  /** All sections, in their order. */
  sections: z.array(Section),
  /** The clock of the caller's own log at their last change of the sidebar. Of two states, the one with the greater tick is newer. */
  tick: Tick,
});
export type Sidebar = z.infer<typeof Sidebar>;

const SectionName = line(limits.name);
const limit = { points: 60, seconds: 60 };

export const createSection = operation({
  name: "section.create",
  http: "POST /api/sections",
  repeat: "intent",
  audit: null,
  summary: "Add a section to your sidebar, below your other ones. Only you see it",
  input: fields({
    /** To undo a deletion, the id of the deleted section. It then has the rooms again that it had. */
    id: NewId.optional(),
    name: SectionName,
    emoji: Emoji.nullable().default(null),
  }),
  output: Sidebar,
  errors: ["conflict"],
  emits: ["me"],
  limit,
});

export const updateSection = operation({
  name: "section.update",
  http: "PATCH /api/sections/{sectionId}",
  repeat: "intent",
  audit: null,
  summary:
    "Change how a section of your sidebar is named, sorted and shown, or move it before another one. The built-in sections " +
    "`favourites`, `rooms` and `directs` keep their names",
  input: fields({
    sectionId: SectionId,
    name: SectionName.optional(),
    /** Null takes the emoji away. */
    emoji: Emoji.nullable().optional(),
    sort: SectionSort.optional(),
    isCollapsed: z.boolean().optional(),
    isUnreadOnly: z.boolean().optional(),
    /** Moves the section before this one; null moves it to the end. */
    beforeSectionId: SectionId.nullable().optional(),
  }),
  output: Sidebar,
  errors: ["not_found", "forbidden"],
  emits: ["me"],
  limit: { points: 120, seconds: 60 },
});

export const deleteSection = operation({
  name: "section.delete",
  http: "DELETE /api/sections/{sectionId}",
  repeat: "intent",
  audit: null,
  summary: "Delete a section of your sidebar. Its rooms go back to the built-in sections `rooms` and `directs`",
  input: fields({ sectionId: SectionId }),
  output: Sidebar,
  errors: ["not_found", "forbidden"],
  emits: ["me"],
  limit,
});

export const moveRoom = operation({
  name: "membership.setSection",
  http: "PUT /api/rooms/{roomId}/section",
  repeat: "intent",
  audit: null,
  summary:
    "Move a room to your favourites or to one of your own sections. Null moves it back to the built-in section of its kind",
  input: fields({ roomId: Id, sectionId: z.union([z.literal("favourites"), Id]).nullable() }),
  output: Membership,
  errors: ["not_found"],
  emits: ["me"],
  limit: { points: 120, seconds: 60 },
});
