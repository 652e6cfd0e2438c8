"use client";
import { useQuery } from "@/lib/client/hooks/use-query";
import { useRarely } from "@/lib/client/hooks/use-rarely";
import type { Room } from "@/lib/contract/room";
import { guestsInWords } from "./audience-words";

/** The guests of a room are counted again at most this often, however many people come and go. */
const countMs = 5_000;

/** How many of the people who will read a message are guests. Nothing while that is not known. */
export default function Guests({ room }: { room: Pick<Room, "id" | "changedSeq"> }) {
  const version = useRarely(room.changedSeq, countMs, room.id);
  const { data } = useQuery(
    { roomId: room.id, role: "guest" as const },
    async (call, input) => {
      const { people, next } = await call("person.names", input);
      return { count: people.length, isMore: next !== null };
    },
    { version },
  );
  return data ? guestsInWords(data.count, data.isMore) : null;
}
