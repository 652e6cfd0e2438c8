import { createRef } from "react";
import { Note } from "@/components/composer/absent-note";
import SignButtons from "@/components/composer/sign-buttons";
import WritingSheet from "@/components/composer/writing-sheet";
import { archived, inRoom, nothing, type Part } from "./parts";

/** The parts of the composer that are fetched after the page. */
export const composerParts: Record<string, Part> = {
  "a composer's buttons": {
    files: [],
    show: () => <SignButtons fieldRef={createRef()} />,
    pressable: { "button Emoji": "always", "button Mention": "always", "button Room": "always" },
  },
  "a composer's sheet": {
    files: [],
    show: () => <WritingSheet open onOpenChange={nothing} fieldRef={createRef()} audience="3 people" />,
    pressable: {
      "button Bold": "always",
      "button Italic": "always",
      "button Code": "always",
      "button Link": "always",
      "button Mention": "always",
      "button Room": "always",
      "button Emoji": "always",
    },
  },
  "a composer's note about someone who is not in the room": {
    files: ["composer/absent-note.tsx"],
    rooms: [{}, archived],
    show: ({ item }) => <Note item={item} people={[{ id: "Kaya", name: "Kaya" }]} onAdded={nothing} onHide={nothing} />,
    pressable: { "button Add to room": inRoom("addPeople"), "button Hide": "always" },
  },
};
