"use client";
import { Archive, ArchiveRestore, Bell, DoorOpen, History, Megaphone, Pencil, Pin, Shield } from "lucide-react";
import type { NoticeMessage } from "@/lib/client/log-items";
import { NoticeSentence } from "./notice-sentence";
import { allNoticeWords } from "./room-change-words";

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
    />
  );
}
