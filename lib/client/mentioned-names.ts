import type { MentionTargets } from "@/lib/contract/mention";
import type { Parley } from "./parley";

type Mentions = MentionTargets | null | undefined;

/**
 * The names that the people and groups of some mentions have today, or null for those whom the viewer does not know. People are taken from
 * the store, and groups are loaded if one is mentioned. If they can't be loaded, no group is known.
 */
export async function mentionedNames(
  { stores, names }: Pick<Parley, "stores" | "names">,
  all: readonly Mentions[],
): Promise<(id: string) => string | null> {
  const mentionsGroup = all.some((mentions) => Object.values(mentions ?? {}).some(({ kind }) => kind === "group"));
  const loaded = mentionsGroup ? await loadedGroups(names).catch(() => null) : null;
  return (id) => {
    const { me } = stores.rooms.getState();
    if (id === me.id) return me.name;
    const groups = loaded?.store.getState().groups ?? [];
    return stores.people.getState().people.get(id)?.name ?? groups.find((group) => group.id === id)?.name ?? null;
  };
}

async function loadedGroups(names: Parley["names"]) {
  const loaded = await names();
  await loaded.loadGroups();
  return loaded;
}
