"use client";
import { Archive, ArchiveRestore, Bell, DoorOpen, History, Megaphone, Pencil, Pin, Shield } from "lucide-react";
import { seekMessage } from "@/components/shell/place";
import { useLookedUp } from "@/lib/client/hooks/use-looked-up";
import type { NoticeMessage } from "@/lib/client/log-items";
import { NoticeSentence } from "./notice-sentence";
import { allNoticeWords } from "./room-change-words";
import { useShowMessage } from "./use-show-message";

const icons = {
  renamed: Pencil,
  topic: Pencil,
  posting: Megaphone,
  access: DoorOpen,
  history: History,
  notices: Bell,
  archived: Archive,
  unarchived: ArchiveRestore,
  role: Shield,
  pinned: Pin,
} as const;

type RoomChangeProps = { notice: NoticeMessage; nameOf: (personId: string) => string; isTabStop: boolean };

/** The content of a row with a notice about a change of the room or of a role in it. */
export default function RoomChange({ notice: message, nameOf, isTabStop }: RoomChangeProps) {
  const { type } = message.notice;
  const Icon = type in icons ? icons[type as keyof typeof icons] : Pencil;
  return (
    <NoticeSentence
      icon={<Icon />}
      pieces={allNoticeWords([message], nameOf)}
      at={message.createdAt}
      isTabStop={isTabStop}
      action={
        message.notice.type === "pinned" && (
          <SeeIt roomId={message.roomId} messageId={message.notice.messageId} isTabStop={isTabStop} />
        )
      }
    />
  );
}

function SeeIt({ roomId, messageId, isTabStop }: { roomId: string; messageId: string; isTabStop: boolean }) {
  const pinned = useLookedUp(messageId, roomId);
  const show = useShowMessage();
  return (
    <button
      type="button"
      tabIndex={isTabStop ? 0 : -1}
      data-row-control
      className="ms-2 min-h-6 font-medium text-link hover:underline max-md:min-h-touch"
      onClick={() => (pinned ? show(pinned.message) : seekMessage(messageId))}
    >
      See it
    </button>
  );
}
