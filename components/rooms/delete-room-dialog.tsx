"use client";
import { type FormEvent, useId, useState } from "react";
import { toFormFailure } from "@/components/auth/failure";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { nameKey } from "@/lib/contract/alike";
import type { Room } from "@/lib/contract/room";
import { peopleCount, roomLabel, roomName } from "./room-name";

type DeleteRoomDialogProps = {
  room: Room;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone?: () => void;
};

/** Deletes a room once its name is typed. Give it a new `key` each time it opens. */
export default function DeleteRoomDialog({ room, open, onOpenChange, onDone }: DeleteRoomDialogProps) {
  const formId = useId();
  const call = useCall();
  const [typed, setTyped] = useState("");
  const isName = nameKey(typed) === nameKey(roomName(room));
  const deletion = useMutation(async () => {
    await call("room.delete", { roomId: room.id, name: typed });
    toast.success(`Deleted ${roomLabel(room)}`);
    onOpenChange(false);
    onDone?.();
  });
  const failure = deletion.error && toFormFailure(deletion.error);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isName) void deletion.run();
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !deletion.isPending && onOpenChange(next)}
      title={`Delete ${roomLabel(room)}?`}
      description={`This deletes all its messages for ${peopleCount(room.memberCount)}, and can't be undone. To keep them, archive the room instead.`}
      footer={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="danger" disabled={!isName} busy={deletion.isPending}>
            Delete room
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <Field label={`Type ${roomName(room)} to confirm`} error={failure?.fields.name}>
          <Input
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              deletion.clearError();
              setTyped(event.target.value);
            }}
          />
        </Field>
        {failure && !failure.fields.name && (
          <Banner tone="danger" className="mt-4 rounded-control">
            {failure.message}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
