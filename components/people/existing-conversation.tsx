"use client";
import { useStore } from "zustand";
import { DirectIcon } from "@/components/rooms/direct-icon";
import { LastMessage } from "@/components/rooms/last-message";
import { othersIn } from "@/components/rooms/room-name";
import { useRoomTitle } from "@/components/rooms/use-room-title";
import { Button } from "@/components/ui/button";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Message } from "@/lib/contract/message";
import type { Room } from "@/lib/contract/room";

type ExistingConversationProps = {
  /** The chosen people. */
  ids: readonly string[];
  onOpen: () => void;
};

/** Offers the conversation that I have with exactly these people. Renders nothing if nothing was said with them yet. */
export function ExistingConversation({ ids, onOpen }: ExistingConversationProps) {
  const wanted = ids.toSorted().join();
  const state = useStore(useParley().stores.rooms, ({ rooms, me }) =>
    [...rooms.values()].find(
      ({ room }) => room.kind === "direct" && othersIn(room, me.id).toSorted().join() === wanted,
    ),
  );
  if (!state?.lastMessage) return null;
  return <Conversation room={state.room} lastMessage={state.lastMessage} onOpen={onOpen} />;
}

function Conversation({ room, lastMessage, onOpen }: { room: Room; lastMessage: Message; onOpen: () => void }) {
  const title = useRoomTitle(room);
  return (
    <div className="mx-4 mb-3 flex flex-none items-center gap-3 rounded-card border px-3.5 py-2.5">
      <DirectIcon room={room} size={28} />
      <p className="min-w-0 flex-1 leading-snug">
        <span className="block truncate text-ui">
          You already talk with <bdi>{title}</bdi>
        </span>
        <LastMessage message={lastMessage} className="block truncate text-xs text-ink-faint" />
      </p>
      <Button size="sm" onClick={onOpen}>
        Open
      </Button>
    </div>
  );
}
