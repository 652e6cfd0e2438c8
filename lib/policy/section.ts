import { builtInSections } from "@/lib/contract/built-in-sections";
import type { Section } from "@/lib/contract/section";
import { type Decision, no, yes } from "./decision";

/** Whether it is one of the sections that everybody has. */
export const isBuiltInSection = ({ id }: Pick<Section, "id">): boolean =>
  (builtInSections as readonly string[]).includes(id);

/** Everybody arranges their own sidebar. Only the built-in sections keep their names. */
export function maySetSectionName(
  section: Pick<Section, "id">,
  { name, emoji }: { name?: string | undefined; emoji?: string | null | undefined },
): Decision {
  const isNamed = name !== undefined || emoji !== undefined;
  return isNamed && isBuiltInSection(section) ? no("This section can't be renamed. Add one of your own.") : yes;
}

/** Everybody deletes sections of their own. The built-in ones stay, because rooms without a section are listed there. */
export const mayDeleteSection = (section: Pick<Section, "id">): Decision =>
  isBuiltInSection(section) ? no("This section can't be deleted. You can collapse it.") : yes;
