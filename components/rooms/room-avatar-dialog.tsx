"use client";
import { useState } from "react";
import PictureDialog from "@/components/pictures/picture-dialog";
import type { DialogState } from "@/components/shell/open-dialog";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { useCall } from "@/lib/client/hooks/use-call";
import { useRoom } from "@/lib/client/hooks/use-room";
import { limits } from "@/lib/contract/limits";
import { roomLabel } from "./room-name";

const suggested = "💬 📣 🛠️ 💡 🚀 🎨 🧪 📈 💼 🔒 🛡️ 🌍 🏖️ ☕ 🍕 🎉 🎵 🐶 ⚽ 📚 🧭 🌱 ❤️ ⭐".split(" ");
const ways = [
  { value: "emoji", label: "Emoji" },
  { value: "picture", label: "Picture" },
] as const;

/** Gives a room an emoji or a picture. */
export default function RoomAvatarDialog({ roomId, ...dialog }: DialogState & { roomId: string }) {
  const room = useRoom(roomId)?.room;
  const call = useCall();
  const [way, setWay] = useState<"emoji" | "picture">(room?.picture ? "picture" : "emoji");
  const [emoji, setEmoji] = useState(room?.emoji ?? "");
  if (!room) return null;
  return (
    <PictureDialog
      {...dialog}
      title={`Picture of ${roomLabel(room)}`}
      hasPicture={Boolean(room.emoji ?? room.picture)}
      onSave={(picture) =>
        call("room.setAvatar", { roomId, avatar: picture === null ? { type: "none" } : { type: "picture", picture } })
      }
      instead={
        way === "picture"
          ? null
          : {
              isReady: emoji.trim() !== "",
              save: () => call("room.setAvatar", { roomId, avatar: { type: "emoji", emoji } }),
              content: <EmojiChoice emoji={emoji} onChange={setEmoji} />,
            }
      }
    >
      <Segmented label="Show" options={ways} value={way} onChange={setWay} />
    </PictureDialog>
  );
}

function EmojiChoice({ emoji, onChange }: { emoji: string; onChange: (emoji: string) => void }) {
  return (
    <>
      <ul aria-label="Emoji" className="grid grid-cols-8 max-md:grid-cols-6">
        {suggested.map((each) => (
          <li key={each}>
            <button
              type="button"
              aria-pressed={emoji === each}
              className="grid size-11 place-items-center rounded-control text-2xl hover:bg-hover aria-pressed:bg-press"
              onClick={() => onChange(each)}
            >
              {each}
            </button>
          </li>
        ))}
      </ul>
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
