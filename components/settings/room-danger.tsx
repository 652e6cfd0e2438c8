"use client";
import { Archive, ArchiveRestore, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { decisionOn } from "@/components/rooms/room-offers";
import { useArchive } from "@/components/rooms/use-archive";
import { usePaths } from "@/components/shell/place";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { whyNewcomersStayOut } from "./newcomers";
import { SettingsSection } from "./page";
import type { RoomSectionProps } from "./room-section-props";

const DeleteRoomDialog = dialogOnDemand(() => import("@/components/rooms/delete-room-dialog"));

type RoomDangerProps = RoomSectionProps & { children: ReactNode };

/** Two sections: whether newcomers join the room, and archiving and deleting the room. `children` are shown between them. */
export function RoomDanger({ found: { room, role }, asker, onChanged, children }: RoomDangerProps) {
  const call = useCall();
  const router = useRouter();
  const paths = usePaths();
  const situation = { asker, room, membership: role && { role } };
  const archiving = useArchive(room);
  const [dialog, setDialog] = useState({ open: false, dialogKey: 0 });
  const defaulting = useMutation(
    async (isDefault: boolean) => {
      await call("room.setDefault", { roomId: room.id, isDefault });
      onChanged();
    },
    (error) => toast.error(error.message),
  );
  const defaultDecision = decisionOn(room.isDefault ? "unsetDefault" : "setDefault", situation);
  const archiveDecision = decisionOn(room.archivedAt ? "unarchive" : "archive", situation);
  const deleteDecision = decisionOn("delete", situation);
  return (
    <>
      <SettingsSection title="Newcomers" description="Everyone who joins the organization, except guests.">
        <div className="flex min-h-9 items-center justify-between gap-4">
          <span>
            <span className="block text-ui font-medium">Newcomers join this room</span>
            <span className="block text-sm text-ink-faint">
              {defaultDecision.ok
                ? (room.isDefault && whyNewcomersStayOut(room)) ||
                  "They can leave it. People who are here already stay as they are."
                : defaultDecision.reason}
            </span>
          </span>
          <Switch
            aria-label="Newcomers join this room"
            checked={room.isDefault || room.joinsEveryone}
            disabled={!defaultDecision.ok || defaulting.isPending}
            onChange={(event) => void defaulting.run(event.target.checked)}
          />
        </div>
      </SettingsSection>
      {children}
      <SettingsSection title="End" description="Archiving keeps everything and can be undone. Deleting can't.">
        <Act
          reason={
            !archiveDecision.ok
              ? archiveDecision.reason
              : room.archivedAt
                ? "People can use it again as before."
                : "People can read it, but not post."
          }
          button={
            <Button
              icon={room.archivedAt ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
              disabled={!archiveDecision.ok}
              busy={archiving.isPending}
              onClick={() => void archiving.run().then(onChanged)}
            >
              {room.archivedAt ? "Unarchive room" : "Archive room"}
            </Button>
          }
        />
        <Act
          reason={
            deleteDecision.ok ? "Its messages are gone for everyone, and its name is free." : deleteDecision.reason
          }
          button={
            <Button
              variant="danger"
              icon={<Trash2 aria-hidden />}
              disabled={!deleteDecision.ok}
              onClick={() => setDialog(({ dialogKey }) => ({ open: true, dialogKey: dialogKey + 1 }))}
            >
              Delete room
            </Button>
          }
        />
      </SettingsSection>
      {dialog.dialogKey > 0 && (
        <DeleteRoomDialog
          key={dialog.dialogKey}
          room={room}
          open={dialog.open}
          onOpenChange={(open) => setDialog({ ...dialog, open })}
          onDone={() => router.push(paths.setting("rooms"))}
        />
      )}
    </>
  );
}

function Act({ reason, button }: { reason: string; button: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <span className="min-w-0 flex-1 text-sm text-ink-faint">{reason}</span>
      {button}
    </div>
  );
}
