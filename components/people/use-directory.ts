"use client";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { foundBefore, nameAndHandle } from "@/lib/client/found-before";
import { useListsVersion } from "@/lib/client/hooks/use-lists-version";
import { useOrganizationClock } from "@/lib/client/hooks/use-organization-clock";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useActiveAmong, useActiveVersion } from "@/lib/client/hooks/use-presence";
import { useList } from "@/lib/client/hooks/use-query";
import { useRarely } from "@/lib/client/hooks/use-rarely";
import type { Input } from "@/lib/contract/index";
import { limits } from "@/lib/contract/limits";

/** In a large organization something changes all the time. What a row shows is current without loading the list again. */
const reloadEveryMs = 10_000;
/** The first page appears soon. The other pages are large, so that few requests load the whole list again. */
const firstPage = 50;

/** The people who match a query and filters, loaded page by page. A person who is deactivated leaves the list at once. */
export function useDirectory(filters: Pick<Input<"person.browse">, "query" | "role" | "groupId" | "presence">) {
  const onlyActive = filters.presence === "active";
  const changes = [useOrganizationClock(), useListsVersion(), useActiveVersion(onlyActive)].join(" ");
  const list = useList(
    filters,
    async (call, input, after) => {
      const limit = after === undefined ? firstPage : limits.people;
      const { people, next, total } = await call("person.browse", { ...input, after, limit });
      return { rows: people, next, total };
    },
    {
      afterTyping: filters.query !== undefined,
      version: useRarely(changes, reloadEveryMs, JSON.stringify(filters)),
    },
  );
  const { people } = useParley().stores;
  const canSignIn = useStore(
    people,
    useShallow((state) => list.rows.filter(({ id }) => !state.people.get(id)?.deactivatedAt)),
  );
  const active = useActiveAmong(canSignIn, onlyActive);
  const text = { typed: filters.query ?? "", answered: list.answeredInput?.query };
  const total = list.total === undefined ? undefined : list.total - (list.rows.length - active.length);
  return { ...list, rows: foundBefore(active, text, nameAndHandle), total };
}
