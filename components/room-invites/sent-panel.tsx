"use client";
import { ChevronLeft, Mail, X } from "lucide-react";
import { Bar } from "@/components/shell/frame";
import { SidePanel } from "@/components/shell/side-panel";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { ListSkeleton } from "@/components/ui/skeleton";
import { SentInviteList, useSentInvites } from "./sent-invites";

/** The room invites that I sent, each with its outcome. */
export function SentPanel({ onClose }: { onClose: () => void }) {
  const list = useSentInvites();
  return (
    <SidePanel label="Invites you sent" onEscape={onClose}>
      <Bar className="md:pl-4">
        <IconButton label="Back to invites" tooltip={false} className="md:hidden" onClick={onClose}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h2 className="min-w-0 flex-1 truncate text-md tracking-name">Invites you sent</h2>
        <IconButton label="Close" className="max-md:hidden" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto pt-bar pb-4">
        {list.status === "loading" && <ListSkeleton rows={6} label="Loading invites" className="px-4 pt-3" />}
        {list.status === "error" && (
          <Empty
            icon={<Mail />}
            heading="h3"
            title="Couldn't load invites"
            actions={<Button onClick={list.reload}>Try again</Button>}
          />
        )}
        {list.status === "ready" && list.rows.length === 0 && (
          <Empty icon={<Mail />} heading="h3" title="You haven't invited anyone">
            To invite someone to a room, open its members and choose Add.
          </Empty>
        )}
        <SentInviteList list={list} className="px-4" />
      </div>
    </SidePanel>
  );
}
