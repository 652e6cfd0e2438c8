"use client";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useStore } from "zustand";
import { isStillAt, replacePlace, usePaths } from "@/components/shell/place";
import { useMe } from "@/lib/client/hooks/use-me";
import { useParley } from "@/lib/client/hooks/use-parley";
import { conversationPlace } from "@/lib/client/stores/outbox";
import { limits } from "@/lib/contract/limits";
import { moveText } from "./first-message-text";
import { recipientsIn } from "./recipients-in";

/** The people whom a new message is for. The address names them, so that a reload and the browser's history keep them. */
export function useRecipients() {
  const { me } = useMe();
  const paths = usePaths();
  const { stores, texts, loadMissingPeople } = useParley();
  const search = useSearchParams();
  const { ids, adding } = recipientsIn(search, me.id);
  const key = ids.join(" ");
  useEffect(() => {
    if (key) loadMissingPeople(key.split(" "));
  }, [loadMissingPeople, key]);
  const people = useStore(stores.people, (state) => state.people);

  // Two changes can follow each other before the page renders again.
  const now = () => recipientsIn(new URLSearchParams(location.search), me.id);
  /** What was typed for those who were chosen is now for these people. */
  function change(next: readonly string[]) {
    if (!isStillAt(paths.newMessage)) return;
    const current = now();
    moveText(texts, conversationPlace(current.ids), conversationPlace(next));
    replacePlace(paths.newMessageTo(next, current.adding));
  }
  return {
    ids,
    people: ids.map((id) => people.get(id) ?? { id, name: "Someone", picture: null }),
    /** How many people are in the conversation to which people are added. 0: the conversation is a new one. */
    adding,
    isFull: ids.length >= limits.directOthers,
    idsNow: () => now().ids,
    /** Does nothing if no more people can be chosen. */
    add(id: string) {
      const current = now().ids;
      if (!current.includes(id) && current.length < limits.directOthers) change([...current, id]);
    },
    remove: (id: string) => change(now().ids.filter((each) => each !== id)),
  };
}
export type Recipients = ReturnType<typeof useRecipients>;
