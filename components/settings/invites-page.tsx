"use client";
import { MailPlus, Plus } from "lucide-react";
import { dialogOnDemand } from "@/components/ui/on-demand";
import { useState } from "react";
import { InvitePeople } from "@/components/invites/invite-people";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useQuery } from "@/lib/client/hooks/use-query";
import type { Output } from "@/lib/contract/index";
import type { Invite } from "@/lib/contract/invite";
import type { Asker } from "@/lib/policy/decision";
import { InviteRow } from "./invite-row";
import { InviteSent } from "./invite-sent";
import { LoadError } from "./load-error";
import { SettingsPage } from "./page";
import { Pager, Table, Th } from "./table";
import { useLeavePage, usePages } from "./use-pages";

const CreateInviteDialog = dialogOnDemand(() => import("./create-invite-dialog"));
const InviteUses = dialogOnDemand(() => import("./invite-uses"));

const pageSize = 20;

/** All invite links, for owners and admins. */
export function InvitesPage({ asker, organization }: { asker: Asker; organization: string }) {
  const pages = usePages("");
  const call = useCall();
  const { data, error, isStale, reload } = useQuery({ after: pages.after, limit: pageSize }, (ask, input) =>
    ask("invite.list", input),
  );
  useLeavePage(pages, isStale ? undefined : data?.invites.length, error);
  const [createDialog, setCreateDialog] = useState({ open: false, dialogKey: 0 });
  const [inviteToRevoke, setInviteToRevoke] = useState<Invite>();
  const [isConfirming, setConfirming] = useState(false);
  const [uses, setUses] = useState<{ invite: Invite; open: boolean }>();

  const [sent, setSent] = useState<Output<"invite.send">>();
  const [isShowingSent, setShowingSent] = useState(false);

  async function revoke(invite: Invite) {
    await call("invite.revoke", { inviteId: invite.id });
    toast.success("Invite revoked");
    reload();
  }

  const sending = useMutation(
    async ({ id: inviteId }: Invite) => {
      setSent(await call("invite.send", { inviteId }));
      setShowingSent(true);
      reload();
    },
    ({ message }) => toast.error(message),
  );

  const buttons = (
    <>
      <Button
        icon={<Plus aria-hidden />}
        onClick={() => setCreateDialog(({ dialogKey }) => ({ open: true, dialogKey: dialogKey + 1 }))}
      >
        New invite
      </Button>
      <InvitePeople asker={asker} organization={organization} onCreated={reload} />
    </>
  );
  const invites = data?.invites ?? [];

  return (
    <SettingsPage
      title="Invites"
      organizationName={organization}
      description={`Links for joining ${organization}. Share them only with people you trust.`}
      actions={buttons}
    >
      {error && <LoadError title="Couldn't load invites" message={error.message} onRetry={reload} />}
      {!data && !error && <ListSkeleton rows={5} avatars={false} label="Loading invites" />}
      {data && invites.length === 0 && (
        <Empty icon={<MailPlus />} title="No invites yet">
          Invite people copies a link for 10 people. Use New invite to choose what a link opens.
        </Empty>
      )}
      {data && invites.length > 0 && (
        <>
          <Table label="Invites" busy={isStale} head={<Head />}>
            {invites.map((invite) => (
              <InviteRow
                key={invite.id}
                invite={invite}
                onSend={() => void sending.run(invite)}
                onShowUses={() => setUses({ invite, open: true })}
                onRevoke={() => {
                  setInviteToRevoke(invite);
                  setConfirming(true);
                }}
              />
            ))}
          </Table>
          <Pager
            from={pages.page * pageSize}
            count={invites.length}
            hasMore={data.next !== null}
            busy={isStale}
            onPrevious={pages.previous}
            onNext={() => data.next && pages.next(data.next)}
          />
        </>
      )}
      {createDialog.dialogKey > 0 && (
        <CreateInviteDialog
          meId={asker.personId}
          key={createDialog.dialogKey}
          open={createDialog.open}
          onOpenChange={(open) => setCreateDialog({ ...createDialog, open })}
          onCreated={reload}
        />
      )}
      {uses && (
        <InviteUses
          key={uses.invite.id}
          invite={uses.invite}
          open={uses.open}
          onOpenChange={(open) => setUses({ ...uses, open })}
        />
      )}
      {sent && <InviteSent open={isShowingSent} onOpenChange={setShowingSent} sent={[sent]} />}
      {inviteToRevoke && (
        <ConfirmDialog
          open={isConfirming}
          onOpenChange={setConfirming}
          title="Revoke this invite?"
          description="Its link stops working right away. People who joined with it stay."
          confirmLabel="Revoke"
          onConfirm={() => revoke(inviteToRevoke)}
        />
      )}
    </SettingsPage>
  );
}

function Head() {
  return (
    <>
      <Th>Rooms and groups</Th>
      <Th className="w-24 @max-[520px]:hidden">Role</Th>
      <Th className="w-36 @max-[680px]:hidden">Uses</Th>
      <Th className="w-36 @max-[780px]:hidden">Expires</Th>
      <Th className="w-28 max-md:w-24">Status</Th>
      <Th className="w-44 @max-[1020px]:hidden">Created by</Th>
      <Th className="w-14 max-md:w-15">
        <span className="sr-only">Actions</span>
      </Th>
    </>
  );
}
