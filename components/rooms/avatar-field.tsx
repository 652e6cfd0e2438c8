"use client";
import { Camera, Hash } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";
import type { RoomAvatar } from "@/lib/contract/picture";

const RoomAvatarDialog = dialogOnDemand(() => import("./room-avatar-dialog"));

type AvatarFieldProps = {
  /** The title of the dialog. */
  title: string;
  emoji: string | null;
  hasPicture: boolean;
  onSave: (avatar: RoomAvatar) => Promise<unknown>;
  /** A tile with the current picture or emoji. */
  children: ReactNode;
};

/** A room's picture or emoji, with a button that changes it. */
export function AvatarField({ children, ...chosen }: AvatarFieldProps) {
  const [dialog, setDialog] = useState({ key: 0, isOpen: false });
  return (
    <div className="flex items-center gap-3">
      {children}
      <Button
        size="sm"
        icon={<Camera aria-hidden />}
        onClick={() => setDialog(({ key }) => ({ key: key + 1, isOpen: true }))}
      >
        {chosen.emoji !== null || chosen.hasPicture ? "Change picture" : "Add a picture or emoji"}
      </Button>
      {dialog.key > 0 && (
        <RoomAvatarDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={(isOpen) => setDialog((current) => ({ ...current, isOpen }))}
          {...chosen}
        />
      )}
    </div>
  );
}

/** `AvatarField` for a room that does not exist yet. */
export function NewRoomAvatar({ avatar, onChange }: { avatar: RoomAvatar; onChange: (avatar: RoomAvatar) => void }) {
  return (
    <AvatarField
      title="Picture of the new room"
      emoji={avatar.type === "emoji" ? avatar.emoji : null}
      hasPicture={avatar.type === "picture"}
      onSave={async (next) => onChange(next)}
    >
      <span
        aria-hidden
        className="well grid size-12 flex-none place-items-center overflow-hidden rounded-thing text-2xl text-ink-soft"
      >
        {avatar.type === "none" && <Hash className="size-5" />}
        {avatar.type === "emoji" && avatar.emoji}
        {avatar.type === "picture" && (
          <img src={`data:image/webp;base64,${avatar.picture}`} alt="" className="size-full object-cover" />
        )}
      </span>
    </AvatarField>
  );
}
