type Option = { id: string; section: string | null };

/**
 * The options for the same word after more were found. Those that are shown keep their order, because somebody may be about to choose
 * one. What was found later comes after the others of its section. Each section stays together, also when the sections become known late.
 */
export function keepOrder<Found extends Option>(shown: readonly { id: string }[], found: readonly Found[]): Found[] {
  const byId = new Map(found.map((option) => [option.id, option]));
  const kept = shown.flatMap(({ id }) => byId.get(id) ?? []);
  const all = [...new Set([...kept, ...found])];
  const sections = [...new Set(all.map(({ section }) => section))];
  return sections.flatMap((section) => all.filter((option) => option.section === section));
}
