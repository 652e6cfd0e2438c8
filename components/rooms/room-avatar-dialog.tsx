"use client";
import { useState } from "react";
import PictureDialog from "@/components/pictures/picture-dialog";
import type { DialogState } from "@/components/shell/open-dialog";
import { EmojiButtons } from "@/components/ui/emoji-buttons";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { useCall } from "@/lib/client/hooks/use-call";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { RoomAvatar } from "@/lib/contract/picture";
import { limits } from "@/lib/contract/limits";
import { roomLabel } from "./room-name";

const suggested = "💬 📣 🛠️ 💡 🚀 🎨 🧪 📈 💼 🔒 🛡️ 🌍 🏖️ ☕ 🍕 🎉 🎵 🐶 ⚽ 📚 🧭 🌱 ❤️ ⭐".split(" ");
const ways = [
  { value: "emoji", label: "Emoji" },
  { value: "picture", label: "Picture" },
] as const;

type AvatarDialogProps = DialogState & {
  title: string;
  /** The room's current emoji. */
  emoji: string | null;
  hasPicture: boolean;
  onSave: (avatar: RoomAvatar) => Promise<unknown>;
};

/** Chooses an emoji or a picture for a room, or removes it. */
export default function RoomAvatarDialog({ title, emoji: before, hasPicture, onSave, ...dialog }: AvatarDialogProps) {
  const [way, setWay] = useState<"emoji" | "picture">(hasPicture ? "picture" : "emoji");
  const [emoji, setEmoji] = useState(before ?? "");
  return (
    <PictureDialog
      {...dialog}
      title={title}
      hasPicture={hasPicture || before !== null}
      onSave={(picture) => onSave(picture === null ? { type: "none" } : { type: "picture", picture })}
      instead={
        way === "picture"
          ? null
          : {
              isReady: emoji.trim() !== "",
              save: () => onSave({ type: "emoji", emoji }),
              content: <EmojiChoice emoji={emoji} onChange={setEmoji} />,
            }
      }
    >
      <Segmented label="Show" options={ways} value={way} onChange={setWay} />
    </PictureDialog>
  );
}

/** The dialog for a room that the viewer is in. */
export function OwnRoomAvatarDialog({ roomId, ...dialog }: DialogState & { roomId: string }) {
  const room = useRoom(roomId)?.room;
  const call = useCall();
  if (!room) return null;
  return (
    <RoomAvatarDialog
      {...dialog}
      title={`Picture of ${roomLabel(room)}`}
      emoji={room.emoji}
      hasPicture={room.picture !== null}
      onSave={(avatar) => call("room.setAvatar", { roomId, avatar })}
    />
  );
}

/** Suggested emoji, and a field for another one. */
export function EmojiChoice({ emoji, onChange }: { emoji: string; onChange: (emoji: string) => void }) {
  return (
    <>
      <EmojiButtons emojis={suggested} emoji={emoji} onChange={onChange} className="grid-cols-8 max-md:grid-cols-6" />
      <Input
        aria-label="Another emoji"
        placeholder="Another emoji"
        autoComplete="off"
        maxLength={limits.emoji}
        value={emoji}
        onChange={(event) => onChange(event.target.value)}
        className="w-40"
      />
    </>
  );
}
