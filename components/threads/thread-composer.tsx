"use client";
import { type ComponentProps, useState } from "react";
import { Audience } from "@/components/composer/audience";
import { Composer } from "@/components/composer/composer";
import { Checkbox } from "@/components/ui/choices";
import { placeOf } from "@/lib/client/draft-places";
import { useOutbox } from "@/lib/client/hooks/use-outbox";
import type { Room } from "@/lib/contract/room";

type ThreadComposerProps = {
  room: Room;
  threadId: string;
  /** The room's name as used in a sentence, such as "#general". */
  label: string;
} & Pick<ComponentProps<typeof Composer>, "fieldRef" | "above" | "onEditLast" | "onScrollPage">;

const names = { form: "Reply in the thread", field: "Reply", send: "Send reply" };

/** The composer of a thread, whose replies can be sent to the room, too. */
export function ThreadComposer({ room, threadId, label, ...composer }: ThreadComposerProps) {
  const [alsoInRoom, setAlsoInRoom] = useState(false);
  const { send } = useOutbox();
  return (
    <Composer
      {...composer}
      place={placeOf({ roomId: room.id, threadId })}
      names={names}
      reachesRoom={alsoInRoom}
      className="md:mx-3 md:mb-3"
      top={
        <div className="flex items-center justify-between gap-x-3 px-1 pb-1.5 max-md:basis-full">
          <Checkbox
            label={`Also send to ${label}`}
            checked={alsoInRoom}
            onChange={(event) => setAlsoInRoom(event.target.checked)}
          />
          <span className="flex-none text-xs text-ink-faint">
            <Audience room={room} />
          </span>
        </div>
      }
      onSend={(body, replyToId) => {
        send(room.id, body, { isDraft: true, replyToId, reply: { threadId, alsoInRoom } });
        setAlsoInRoom(false);
      }}
    />
  );
}
