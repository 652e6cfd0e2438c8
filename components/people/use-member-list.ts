"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useRoomActions } from "@/lib/client/hooks/use-room-actions";
import type { Member } from "@/lib/contract/membership";

type State = { status: "loading" | "ready" | "error"; members: Member[]; more: boolean };

const restMs = 150;

/** Who is in a room, page by page. Asks again when the filter or the room changes; what is shown stays until the answer. */
export function useMemberList(roomId: string, query: string, changedSeq: number) {
  const { members: ask } = useRoomActions();
  const { people } = useParley();
  const [state, setState] = useState<State>({ status: "loading", members: [], more: false });
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(0);

  const load = useCallback(
    async (after?: string) => {
      const mine = ++asked.current;
      try {
        const page = await ask(roomId, query || undefined, after);
        if (mine !== asked.current) return;
        people.learn(page.members.map((member) => member.person));
        setState((now) => ({
          status: "ready",
          members: after ? [...now.members, ...page.members] : page.members,
          more: page.more,
        }));
      } catch {
        if (mine === asked.current) setState((now) => ({ ...now, status: "error" }));
      }
    },
    [ask, people, roomId, query],
  );

  useEffect(() => {
    const timer = setTimeout(() => void load(), query ? restMs : 0);
    return () => clearTimeout(timer);
  }, [load, query, changedSeq, attempt]);

  return {
    ...state,
    loadMore: () => load(state.members.at(-1)?.person.id),
    retry: () => setAttempt((count) => count + 1),
  };
}
