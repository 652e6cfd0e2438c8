/**
 * The options for the same word after more were found. Those that are shown keep their places, because somebody may be about to choose
 * one. What was found later comes after them.
 */
export function keepOrder<Option extends { id: string }>(
  shown: readonly { id: string }[],
  found: readonly Option[],
): Option[] {
  const byId = new Map(found.map((option) => [option.id, option]));
  const kept = shown.flatMap(({ id }) => byId.get(id) ?? []);
  const keptIds = new Set(kept.map(({ id }) => id));
  return [...kept, ...found.filter(({ id }) => !keptIds.has(id))];
}
