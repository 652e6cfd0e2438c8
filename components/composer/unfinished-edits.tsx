"use client";
import { Pencil } from "lucide-react";
import { Time } from "@/components/messages/time";
import { shortTime } from "@/components/messages/times";
import { Button } from "@/components/ui/button";
import { useUnfinishedEditActions, useUnfinishedEdits } from "@/lib/client/hooks/use-unfinished-edits";

type UnfinishedEditsProps = {
  place: string;
  /** The message that is being edited, if any. It is not listed. */
  editedId: string | null;
  onContinue: (messageId: string) => void;
};

/** Lists the edits of a log's messages that were neither saved nor discarded. */
export default function UnfinishedEdits({ place, editedId, onContinue }: UnfinishedEditsProps) {
  const edits = useUnfinishedEdits(place);
  const { removeEdit } = useUnfinishedEditActions(place);
  const unfinished = [...edits].filter(([messageId]) => messageId !== editedId);
  if (unfinished.length === 0) return null;
  return (
    <ul className="max-h-24 divide-y overflow-y-auto border-b max-md:mb-2 max-md:basis-full">
      {unfinished.map(([messageId, { sentAt }]) => (
        <li key={messageId} className="flex min-h-10 items-center gap-2.5 py-1 ps-3.5 pe-1.5 text-sm text-ink-soft">
          <Pencil aria-hidden className="size-3.5" />
          <span className="min-w-0 flex-1 truncate">
            Unfinished edit, <Time at={sentAt} format={shortTime} className="font-strong text-ink" />
          </span>
          <Button size="sm" variant="ghost" onClick={() => onContinue(messageId)}>
            Continue
          </Button>
          <Button size="sm" variant="ghost" onClick={() => removeEdit(messageId)}>
            Discard
          </Button>
        </li>
      ))}
    </ul>
  );
}
