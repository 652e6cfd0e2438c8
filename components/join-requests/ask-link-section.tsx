"use client";
import { useState } from "react";
import { CopyButton } from "@/components/invites/copy-button";
import { WholeLink } from "@/components/invites/whole-link";
import { longDate } from "@/components/messages/times";
import { Time } from "@/components/messages/time";
import { usePaths } from "@/components/shell/place";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { AskLink } from "@/lib/contract/join-request";
import type { Room } from "@/lib/contract/room";

/** In a room's details: the link with which people ask to join. */
export function AskLinkSection({ room, mayCreate }: { room: Room; mayCreate: boolean }) {
  // Loaded again when the room changes, because the link is revoked when its creator may no longer create one.
  const shown = useQuery({ roomId: room.id }, (send, input) => send("askLink.show", input), {
    version: room.changedSeq,
  });
  if (!shown.data) return null;
  return (
    <section className="mt-5 border-t pt-4" aria-label="Link to ask to join">
      <h4 className="text-sm font-strong">Link to ask to join</h4>
      <div className="mt-1">
        <AskLinkActs roomId={room.id} link={shown.data.link} mayCreate={mayCreate} onChanged={shown.reload} />
      </div>
    </section>
  );
}

type AskLinkActsProps = {
  roomId: string;
  link: AskLink | null;
  /** Whether the viewer may create a link now. An archived room needs no new link. */
  mayCreate: boolean;
  onChanged: () => void;
};

/** Creates, replaces and revokes the link with which people ask to join a private room. */
export function AskLinkActs({ roomId, link, mayCreate, onChanged }: AskLinkActsProps) {
  const call = useCall();
  const paths = usePaths();
  const [created, setCreated] = useState<string>();
  const [copied, setCopied] = useState<boolean>();
  const showError = (error: Error) => toast.error(error.message);
  const create = useMutation(async () => {
    const { token } = await call("askLink.create", { roomId });
    setCopied(undefined);
    setCreated(location.origin + paths.ask(token));
    onChanged();
  }, showError);
  const revoke = useMutation(async () => {
    await call("askLink.revoke", { roomId });
    setCreated(undefined);
    onChanged();
  }, showError);
  return (
    <>
      <p className="mb-3 text-sm text-ink-soft">
        {link ? (
          <>
            Created by <bdi>{link.creator.name}</bdi> on <Time at={link.createdAt} format={longDate} />. It shows this
            room’s name to members of the organization. Moderators and admins decide who joins.
          </>
        ) : (
          "People with the link see this room’s name and can ask to join. Moderators and admins decide."
        )}
      </p>
      {created && (
        <div className="mb-3 grid gap-2">
          <Field label="Link" hint="You can see it only now. A new link replaces it.">
            <WholeLink link={created} />
          </Field>
          <div>
            <CopyButton copied={copied} onCopy={() => void copyText(created).then(setCopied)} />
          </div>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {mayCreate && (
          <Button busy={create.isPending} onClick={() => void create.run()}>
            {link ? "Create new link" : "Create link"}
          </Button>
        )}
        {link && (
          <Button variant="danger-quiet" busy={revoke.isPending} onClick={() => void revoke.run()}>
            Revoke link
          </Button>
        )}
      </div>
    </>
  );
}
