"use client";
import { useStore } from "zustand";
import { DirectIcon } from "@/components/rooms/direct-icon";
import { LastMessage } from "@/components/rooms/last-message";
import { Button } from "@/components/ui/button";
import { conversationWith } from "@/lib/client/conversation";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { Person } from "@/lib/contract/person";
import { recipientNames } from "./recipient-names";

type ExistingConversationProps = {
  /** The chosen people. */
  people: readonly Pick<Person, "id" | "name">[];
  onOpen: () => void;
};

/** Offers the conversation that I have with exactly these people. Renders nothing if nothing was said with them yet. */
export function ExistingConversation({ people, onOpen }: ExistingConversationProps) {
  const ids = people.map(({ id }) => id);
  const state = useStore(useParley().stores.rooms, (rooms) => conversationWith(rooms, ids));
  if (!state?.lastMessage) return null;
  return (
    <div className="mx-4 mb-3 flex flex-none items-center gap-3 rounded-card border px-3.5 py-2.5">
      <DirectIcon room={state.room} size={28} />
      <p className="min-w-0 flex-1 leading-snug">
        <span className="block truncate text-ui">
          You already talk with <bdi>{recipientNames(people)}</bdi>
        </span>
        <LastMessage message={state.lastMessage} className="block truncate text-xs text-ink-faint" />
      </p>
      <Button size="sm" onClick={onOpen}>
        Open
      </Button>
    </div>
  );
}
