"use client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { GroupLoss } from "@/lib/contract/group";
import type { Person } from "@/lib/contract/person";
import type { GroupDialogProps } from "./add-to-group-dialog";
import { type Loss, LossList } from "./loss-list";

/** Asks to confirm removing a person from a group. Lists the rooms that they lose access to and those that they keep. */
export function RemoveFromGroupDialog({ group, person, onDone, ...dialog }: GroupDialogProps & { person: Person }) {
  const call = useCall();
  const groupId = group.id;
  const { data, error } = useQuery(dialog.open ? { groupId, personIds: [person.id] } : null, (ask, input) =>
    ask("group.losses", input),
  );
  const lost = data?.rooms.filter(({ losing }) => losing > 0).length ?? 0;
  return (
    <ConfirmDialog
      {...dialog}
      title={`Remove ${person.name} from ${group.name}?`}
      description={
        lost === 0
          ? "They stay in the rooms they are in."
          : `They lose access to ${lost === 1 ? "1 room" : `${lost.toLocaleString()} rooms`} right away, on every device. Messages already posted stay.`
      }
      confirmLabel="Remove from group"
      cancelFirst
      onConfirm={async () => {
        await call("group.removeMembers", { groupId, personIds: [person.id] });
        onDone();
      }}
    >
      <Losses
        rooms={data?.rooms}
        problem={error?.message}
        verdict={({ losing, keeping }) => {
          if (losing > 0) return { tone: "danger", words: "Loses access" };
          return keeping > 0
            ? { tone: "neutral", words: "Keeps access" }
            : { tone: "neutral", words: "Can no longer join" };
        }}
        reason={({ otherGroups, keeping }) =>
          otherGroups.length > 0
            ? `Also open to ${otherGroups.join(", ")}`
            : keeping > 0
              ? "Open to owners and admins"
              : "Not open to another group they are in"
        }
      />
    </ConfirmDialog>
  );
}

/** Asks to confirm deleting a group. Lists every room that is open to the group. */
export function DeleteGroupDialog({ group, onDone, ...dialog }: GroupDialogProps) {
  const call = useCall();
  const groupId = group.id;
  const { data, error } = useQuery(dialog.open ? { groupId } : null, (ask, input) => ask("group.losses", input));
  return (
    <ConfirmDialog
      {...dialog}
      title={`Delete ${group.name}?`}
      description="Its people stay in the organization. A room that is open only to it becomes private, and its members stay."
      confirmLabel="Delete group"
      cancelFirst
      onConfirm={async () => {
        await call("group.delete", { groupId });
        onDone();
      }}
    >
      <Losses
        rooms={data?.rooms}
        problem={error?.message}
        verdict={({ losing, otherGroups }) => {
          if (otherGroups.length === 0 && losing === 0) return { tone: "neutral", words: "Nobody loses access" };
          return losing > 0
            ? { tone: "danger", words: losing === 1 ? "1 loses access" : `${losing.toLocaleString()} lose access` }
            : { tone: "neutral", words: "Nobody loses access" };
        }}
        reason={({ otherGroups }) =>
          otherGroups.length > 0
            ? `Also open to ${otherGroups.join(", ")}`
            : "Not open to another of its people's groups"
        }
      />
    </ConfirmDialog>
  );
}

interface LossesProps {
  rooms: readonly GroupLoss[] | undefined;
  problem: string | undefined;
  verdict: (room: GroupLoss) => Pick<Loss, "tone" | "words">;
  reason: (room: GroupLoss) => string;
}

/** The rooms that are open to a group, and what happens in each room. */
function Losses({ rooms, problem, verdict, reason }: LossesProps) {
  const losses = rooms?.map((room) => ({ id: room.id, name: room.name, reason: reason(room), ...verdict(room) }));
  return <LossList label="Rooms" losses={losses} problem={problem} />;
}
