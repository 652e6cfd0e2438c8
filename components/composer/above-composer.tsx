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
  /** The place of the composer. */
  place: string;
  focusComposer: () => void;
  /** The message that is being edited, if any. It is not listed. */
  editedId: string | null;
  onContinue: (messageId: string) => void;
};

/** What stands above the text of a composer: unfinished edits, other versions of the draft, and notes about mentions. */
export function AboveComposer({ place, focusComposer, editedId, onContinue }: AboveComposerProps) {
  const edits = useUnfinishedEdits(place);
  const [others] = useText(othersPlace(place));
  const hasNotes = useStore(useParley().stores.outbox, ({ mentionNotes }) => mentionNotes.has(place));
  return (
    <>
      {hasNotes && <MentionNotes place={place} onDone={focusComposer} />}
      {others && <OtherVersions place={place} onUse={focusComposer} />}
      {edits.size > 0 && <UnfinishedEdits place={place} editedId={editedId} onContinue={onContinue} />}
    </>
  );
}
