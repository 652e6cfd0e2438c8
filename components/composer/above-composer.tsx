"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { retrying } from "@/components/ui/on-demand";
import { othersPlace } from "@/lib/client/draft-places";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";
import { useUnfinishedEdits } from "@/lib/client/hooks/use-unfinished-edits";

// Loaded only for people who have something there.
const UnfinishedEdits = dynamic(
  retrying(() => import("./unfinished-edits")),
  { ssr: false },
);
const OtherVersions = dynamic(
  retrying(() => import("./other-versions")),
  { ssr: false },
);

const MentionNotes = dynamic(
  retrying(() => import("./mention-notes")),
  { ssr: false },
);

type AboveComposerProps = {
  roomId: string;
  /** The message that is being edited, if any. It is not listed. */
  editedId: string | null;
  onContinue: (messageId: string) => void;
};

/** What waits above the text of a room's composer: unfinished edits, other versions of the draft, and notes about mentions. */
export function AboveComposer({ roomId, editedId, onContinue }: AboveComposerProps) {
  const edits = useUnfinishedEdits(roomId);
  const [others] = useText(othersPlace(roomId));
  const hasNotes = useStore(useParley().stores.outbox, ({ mentionNotes }) => mentionNotes.has(roomId));
  return (
    <>
      {hasNotes && <MentionNotes roomId={roomId} />}
      {others && <OtherVersions roomId={roomId} />}
      {edits.size > 0 && <UnfinishedEdits roomId={roomId} editedId={editedId} onContinue={onContinue} />}
    </>
  );
}
