"use client";
import dynamic from "next/dynamic";
import { MissingNote } from "@/components/ui/missing-note";
import { retrying } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import type { Message } from "@/lib/contract/message";
import { EarlierVersionsLoading } from "./earlier-versions-loading";

const EarlierVersions = dynamic(
  retrying(() => import("./earlier-versions"), MissingNote),
  { ssr: false, loading: EarlierVersionsLoading },
);

type EditedMarkProps = { message: Message; open: boolean; onOpenChange: (open: boolean) => void };

/** The mark "(edited)". It opens the earlier versions of the message. */
export function EditedMark({ message, open, onOpenChange }: EditedMarkProps) {
  return (
    <Popover
      label="Earlier versions"
      open={open}
      onOpenChange={onOpenChange}
      className="w-96 p-1"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          className="ml-1 not-copied rounded-xs text-xs text-ink-faint hover:text-ink hover:underline max-md:min-h-6"
        >
          (edited)
        </button>
      }
    >
      <EarlierVersions message={message} />
    </Popover>
  );
}
