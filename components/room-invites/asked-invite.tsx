"use client";
import { MailX } from "lucide-react";
import { Empty } from "@/components/ui/empty";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";
import { InviteDetails } from "./invite-details";

/** The invite in the page's address, if it is not among the pending invites. Usually it has ended, and this says how. */
export function AskedInvite({ id }: { id: string }) {
  const { data, error, reload } = useQuery({ roomInviteId: id }, (call, input) => call("roomInvite.show", input));
  if (data) return <InviteDetails invite={data.invite} />;
  if (!error) return <ListSkeleton rows={3} label="Loading the invite" />;
  const hasEnded = error.code === "gone";
  const isUnknown = error.code === "not_found" || error.code === "invalid_input";
  return (
    <Empty
      icon={<MailX />}
      title={
        hasEnded ? "This invite is no longer open" : isUnknown ? "There's no such invite" : "Can't open this invite"
      }
      actions={!hasEnded && !isUnknown && <Button onClick={reload}>Try again</Button>}
    >
      {isUnknown ? "It may be for somebody else, or the address is incomplete." : error.message}
    </Empty>
  );
}
