"use client";
import { useEffect, useEffectEvent, useRef } from "react";
import { useAsker } from "@/components/people/use-asker";
import { peopleCount, roomLabel } from "@/components/rooms/room-name";
import type { DialogState } from "@/components/shell/open-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useRoom } from "@/lib/client/hooks/use-room";
import { handlesIn } from "@/lib/contract/markdown/mentioned";
import { wordMeaning } from "@/lib/contract/mention-words";
import { offersEveryone } from "./mention-offers";

/** A mention that can reach more people than this is confirmed. */
const confirmedAbove = 20;

type ConfirmMentionProps = DialogState & { roomId: string; body: string; onConfirm: () => void };

/** Asks before a message mentions many people, and sends any other message at once. */
export default function ConfirmMention({ roomId, body, onConfirm, open, onOpenChange }: ConfirmMentionProps) {
  const asker = useAsker();
  const item = useRoom(roomId);
  const words = handlesIn(body, (handle) => wordMeaning(handle) !== null).map(wordMeaning);
  const others = (item?.room.memberCount ?? 1) - 1;
  const mayMention = item !== null && offersEveryone({ asker, ...item });
  const asks = words.length > 0 && others > confirmedAbove && mayMention;
  const isSent = useRef(false);
  const sendAtOnce = useEffectEvent(() => {
    // React runs effects twice in development.
    if (isSent.current) return;
    isSent.current = true;
    onOpenChange(false);
    onConfirm();
  });
  useEffect(() => {
    if (open && !asks) sendAtOnce();
  }, [open, asks]);

  if (!asks || !item) return null;
  const where = roomLabel(item.room);
  const isForAll = words.includes("room");
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      danger={false}
      title={isForAll ? `Mention everyone in ${where}?` : `Mention everyone who is active in ${where}?`}
      description={isForAll ? `This mentions ${peopleCount(others)}.` : `This mentions up to ${peopleCount(others)}.`}
      confirmLabel="Send message"
      onConfirm={onConfirm}
    />
  );
}
