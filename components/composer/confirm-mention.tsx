"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useAsker } from "@/components/people/use-asker";
import { peopleCount, roomLabel } from "@/components/rooms/room-name";
import type { DialogState } from "@/components/shell/open-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useRoom } from "@/lib/client/hooks/use-room";
import type { KnownGroup } from "@/lib/client/stores/names";
import type { MentionTargets } from "@/lib/contract/mention";
import { type MentionQuestion, mentionQuestion } from "./mention-question";

type ConfirmMentionProps = DialogState & {
  roomId: string;
  body: string;
  /** Whom the message mentions already, if it is edited. */
  already?: MentionTargets | null;
  /** What the button says. */
  confirmLabel?: string;
  onConfirm: () => void;
};

/** Asks before a message mentions many people, and confirms any other message at once. */
export default function ConfirmMention({ roomId, body, onConfirm, open, onOpenChange, ...more }: ConfirmMentionProps) {
  const { already = null, confirmLabel = "Send message" } = more;
  const { names } = useParley();
  const asker = useAsker();
  const item = useRoom(roomId);
  const [groups, setGroups] = useState<readonly KnownGroup[] | null>(null);
  const question = item && mentionQuestion({ body, already, situation: { asker, ...item }, groups });
  const isConfirmed = useRef(false);
  const confirmAtOnce = useEffectEvent(() => {
    // React runs effects twice in development.
    if (isConfirmed.current) return;
    isConfirmed.current = true;
    onOpenChange(false);
    onConfirm();
  });
  useEffect(() => {
    if (open && question === null) confirmAtOnce();
  }, [open, question]);

  const needsGroups = open && question === undefined;
  useEffect(() => {
    if (!needsGroups) return;
    let isGone = false;
    async function load() {
      const known = await names();
      await known.loadGroups();
      return known.store.getState().groups;
    }
    // Without them, the text is not held up: the question only protects from a slip.
    void load()
      .catch(() => [])
      .then((loaded) => !isGone && setGroups(loaded));
    return () => {
      isGone = true;
    };
  }, [needsGroups, names]);

  if (!question || !item) return null;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      danger={false}
      title={<Title whom={question.whom} where={roomLabel(item.room)} />}
      description={`This mentions ${question.whom === "room" ? "" : "up to "}${peopleCount(question.count)}.`}
      confirmLabel={confirmLabel}
      onConfirm={onConfirm}
    />
  );
}

function Title({ whom, where }: Pick<MentionQuestion, "whom"> & { where: string }) {
  if (whom === "room") return `Mention everyone in ${where}?`;
  if (whom === "here") return `Mention everyone who is active in ${where}?`;
  return (
    <>
      Mention <bdi>{whom.name}</bdi> in {where}?
    </>
  );
}
