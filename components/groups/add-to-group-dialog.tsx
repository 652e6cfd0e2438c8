"use client";
import { useState } from "react";
import { PeopleField } from "@/components/people/people-field";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import type { Group } from "@/lib/contract/group";
import type { Person } from "@/lib/contract/person";

export interface GroupDialogProps {
  group: Group;
  onDone: () => void;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddToGroupDialog({ group, onDone, ...dialog }: GroupDialogProps) {
  const call = useCall();
  const [chosen, setChosen] = useState<Person[]>([]);
  const adding = useMutation(async () => {
    await call("group.addMembers", { groupId: group.id, personIds: chosen.map(({ id }) => id) });
    onDone();
    dialog.onOpenChange(false);
  });
  return (
    <Dialog
      {...dialog}
      title={`Add people to ${group.name}`}
      description="They can then find and join the rooms that are open to it."
      footer={
        <>
          <Button variant="ghost" onClick={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            variant="primary"
            busy={adding.isPending}
            disabled={chosen.length === 0}
            onClick={() => void adding.run()}
          >
            {chosen.length > 1 ? `Add ${chosen.length} people` : "Add"}
          </Button>
        </>
      }
    >
      <div className="flex min-h-64 flex-col gap-3">
        {adding.error && (
          <Banner tone="danger" className="rounded-control">
            {adding.error.message}
          </Banner>
        )}
        <PeopleField label="People" hint="Guests can't be in groups." chosen={chosen} onChange={setChosen} />
      </div>
    </Dialog>
  );
}
