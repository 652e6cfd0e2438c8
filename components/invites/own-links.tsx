"use client";
import { Time } from "@/components/messages/time";
import { distance } from "@/components/settings/distance";
import { inviteState } from "@/components/settings/invite-state";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useNow } from "@/lib/client/hooks/use-now";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Invite } from "@/lib/contract/invite";

/** The working links that the viewer created. For members; owners and admins find all links in the settings. */
export function OwnLinks({ currentId, onRevoked }: { currentId: string | undefined; onRevoked: () => void }) {
  // `currentId` is part of the input, so that the list is loaded again when a new link is created.
  const { data, reload } = useQuery({ limit: 100, currentId }, (ask, { limit }) => ask("invite.list", { limit }));
  const now = useNow(({ date }) => Math.floor(date.getTime() / 60_000) * 60_000);
  const isExpired = ({ expiresAt }: Invite) => expiresAt !== null && Date.parse(expiresAt) <= (now ?? 0);
  const working = data?.invites.filter((invite) => inviteState(invite, isExpired(invite)).reason === null) ?? [];
  if (working.length === 0) return null;
  return (
    <section aria-label="Your links" className="border-t px-4 py-3">
      <h4 className="text-xs font-medium text-ink-faint">Your links</h4>
      <ul className="mt-1 max-h-44 overflow-y-auto">
        {working.map((invite) => (
          <OwnLink
            key={invite.id}
            invite={invite}
            onRevoked={() => {
              reload();
              if (invite.id === currentId) onRevoked();
            }}
          />
        ))}
      </ul>
    </section>
  );
}

function OwnLink({ invite, onRevoked }: { invite: Invite; onRevoked: () => void }) {
  const { id, email, rooms, uses, maxUses, createdAt } = invite;
  const call = useCall();
  const revoke = useMutation(
    async () => {
      await call("invite.revoke", { inviteId: id });
      toast.success("Invite revoked");
      onRevoked();
    },
    ({ message }) => toast.error(message),
  );
  const what = email ?? (rooms.map(({ name }) => `#${name ?? "a private room"}`).join(", ") || "Rooms everyone joins");
  return (
    <li className="flex items-center gap-2 py-1">
      <div className="min-w-0 flex-1 leading-snug">
        <p className="truncate text-ui">
          <bdi>{what}</bdi>
        </p>
        <p className="truncate text-xs text-ink-faint">
          {maxUses === null ? `${uses} joined` : `${uses} of ${maxUses} joined`}, created{" "}
          <Time at={createdAt} format={distance} />
        </p>
      </div>
      <Button size="sm" busy={revoke.isPending} onClick={() => void revoke.run()}>
        Revoke<span className="sr-only"> the link to {what}</span>
      </Button>
    </li>
  );
}
