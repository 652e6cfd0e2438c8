"use client";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useDayOf } from "@/lib/client/hooks/use-now";
import { useParley } from "@/lib/client/hooks/use-parley";
import { isCallError } from "@/lib/client/call-error";
import { logItems } from "@/lib/client/log-items";
import type { Message } from "@/lib/contract/message";
import type { Room } from "@/lib/contract/room";

type Preview = {
  status: "loading" | "ready" | "missing" | "error";
  room: Room | null;
  messages: Message[];
  hasBefore: boolean;
};

const nothing: Preview = { status: "loading", room: null, messages: [], hasBefore: false };

/** A room one is not in, as of now: it does not go on by itself. */
export function usePreview(roomId: string, meId: string) {
  const { call, people } = useParley();
  const [preview, setPreview] = useState(nothing);
  const [loadingBefore, setLoadingBefore] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const { messages, hasBefore } = preview;

  useEffect(() => {
    let wanted = true;
    const load = async () => {
      const [{ room }, page] = await Promise.all([call("room.show", { roomId }), call("message.list", { roomId })]);
      if (!wanted) return;
      people.learn(page.people);
      setPreview({ status: "ready", room, messages: page.messages, hasBefore: page.before });
    };
    load().catch((error: unknown) => {
      const missing =
        isCallError(error) &&
        (error.code === "not_found" || error.code === "invalid_input" || error.code === "forbidden");
      if (wanted) setPreview({ ...nothing, status: missing ? "missing" : "error" });
    });
    return () => {
      wanted = false;
    };
  }, [call, people, roomId, attempt]);

  const oldest = messages[0]?.seq;
  const loadBefore = useCallback(async () => {
    if (oldest === undefined) return;
    setLoadingBefore(true);
    try {
      const page = await call("message.list", { roomId, before: oldest });
      people.learn(page.people);
      setPreview((now) => ({ ...now, messages: [...page.messages, ...now.messages], hasBefore: page.before }));
    } finally {
      setLoadingBefore(false);
    }
  }, [call, people, roomId, oldest]);

  const dayOf = useDayOf();
  const items = useMemo(
    () => logItems({ messages, drafts: [], edits: new Map(), hasBefore, meId, newAfter: null, dayOf }),
    [messages, hasBefore, meId, dayOf],
  );
  const retry = () => {
    setPreview(nothing);
    setAttempt((count) => count + 1);
  };
  return { ...preview, items, loadingBefore, loadBefore, retry };
}
