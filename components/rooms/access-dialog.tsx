"use client";
import { type FormEvent, useId, useState } from "react";
import type { DialogState } from "@/components/shell/open-dialog";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Group } from "@/lib/contract/group";
import type { Room } from "@/lib/contract/room";
import { AccessConsequences, AccessFields } from "./access-fields";
import { roomLabel } from "./room-name";

type AccessDialogProps = DialogState & {
  room: Room;
  /** The room's groups. Must be loaded before the dialog opens, because they are its initial selection. */
  groups: readonly Group[];
};

/** Changes who can find and join a room. Says what the change means for members, outsiders and earlier messages. */
export default function AccessDialog({ room, groups: named, ...dialog }: AccessDialogProps) {
  const call = useCall();
  const formId = useId();
  const [access, setAccess] = useState(room.access);
  const [current] = useState(() =>
    room.groupIds.map((id) => ({ id, name: named.find((group) => group.id === id)?.name ?? "Group" })),
  );
  const [groups, setGroups] = useState(current);
  const [showEarlier, setShowEarlier] = useState(false);
  const saving = useMutation(async () => {
    const groupIds = access === "restricted" ? groups.map(({ id }) => id) : [];
    await call("room.setAccess", { roomId: room.id, access, groupIds, showEarlier });
    dialog.onOpenChange(false);
  });
  const groupError = saving.error?.fields?.groupIds;
  function submit(event: FormEvent) {
    event.preventDefault();
    void saving.run();
  }
  return (
    <Dialog
      {...dialog}
      size="md"
      title={`Who can join ${roomLabel(room)}?`}
      description="Everyone who is in the room stays in it."
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={saving.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {saving.error && !groupError && (
          <Banner tone="danger" className="rounded-control">
            {saving.error.message}
          </Banner>
        )}
        <AccessFields
          access={access}
          onAccess={setAccess}
          groups={groups}
          onGroups={setGroups}
          current={current}
          error={groupError}
          hideLegend
        />
        <AccessConsequences room={room} access={access} showEarlier={showEarlier} onShowEarlier={setShowEarlier} />
      </form>
    </Dialog>
  );
}
