"use client";
import { UsersRound } from "lucide-react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ListSkeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { useCall } from "@/lib/client/hooks/use-call";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { GroupLoss } from "@/lib/contract/group";
import type { Person } from "@/lib/contract/person";
import type { GroupDialogProps } from "./add-to-group-dialog";

/** Confirms removing someone from a group, and names every room that they leave with it or keep. */
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

/** Confirms deleting a group, and names every room that is open to it. */
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
  verdict: (room: GroupLoss) => { tone: "danger" | "neutral"; words: string };
  reason: (room: GroupLoss) => string;
}

/** The rooms that are open to a group, and what happens in each. */
function Losses({ rooms, problem, verdict, reason }: LossesProps) {
  if (problem) return <p className="text-sm text-danger-ink">{problem}</p>;
  if (!rooms) return <ListSkeleton rows={2} label="Loading rooms" />;
  if (rooms.length === 0) return null;
  return (
    <ul aria-label="Rooms" className="divide-y divide-line rounded-card border">
      {rooms.map((room) => {
        const { tone, words } = verdict(room);
        return (
          <li key={room.id} className="flex min-h-12 items-center gap-3 px-3.5 py-1.5">
            <UsersRound aria-hidden className="size-4 flex-none text-ink-soft" />
            <div className="min-w-0 flex-1 leading-snug">
              <bdi className="block truncate text-ui">{room.name}</bdi>
              <span className="block text-xs text-ink-faint wrap-anywhere">{reason(room)}</span>
            </div>
            <Tag tone={tone}>{words}</Tag>
          </li>
        );
      })}
    </ul>
  );
}
