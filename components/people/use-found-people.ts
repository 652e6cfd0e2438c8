"use client";
import { useEffect, useState } from "react";
import { useRoomActions } from "@/lib/client/hooks/use-room-actions";
import type { Person } from "@/lib/contract/person";

type Found = { status: "loading" | "ready" | "error"; people: Person[] };

const restMs = 150;

/** People of the organization who are not in a room, by name or handle, while somebody looks for them. */
export function useFoundPeople(roomId: string, query: string, looking: boolean) {
  const { findPeople, members } = useRoomActions();
  const [found, setFound] = useState<Found>({ status: "loading", people: [] });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!looking) return;
    let wanted = true;
    const look = async () => {
      try {
        const [{ people }, here] = await Promise.all([findPeople(query), members(roomId, query || undefined)]);
        const inside = new Set(here.members.map((member) => member.person.id));
        const outside = people.filter((person) => !inside.has(person.id) && !person.deactivatedAt);
        if (wanted) setFound({ status: "ready", people: outside });
      } catch {
        if (wanted) setFound({ status: "error", people: [] });
      }
    };
    const timer = setTimeout(() => void look(), query ? restMs : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [findPeople, members, roomId, query, looking, attempt]);

  return { ...found, retry: () => setAttempt((count) => count + 1) };
}
