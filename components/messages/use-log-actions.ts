"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useOutbox } from "@/lib/client/hooks/use-outbox";
import { useChangeUnfinished } from "@/lib/client/hooks/use-unfinished-edits";
import type { Message } from "@/lib/contract/message";
import type { LogRowActions } from "./log-context";
import { useMarkUnread } from "./use-mark-unread";

/** What is open in a log, and for which message. Strings are message ids. */
interface OpenParts {
  editing: string | null;
  menu: string | null;
  history: string | null;
  deleting: Message | null;
  /** The message whose actions are shown after a long press. */
  actionsOf: Message | null;
}

const nothingOpen: OpenParts = { editing: null, menu: null, history: null, deleting: null, actionsOf: null };

/**
 * The actions that a log's rows can call, and what is open in the log. `onTakeBack` receives the text of an unsent message that
 * was withdrawn to be edited. `onDone` is called when an editor closes.
 */
export function useLogActions(roomId: string, callbacks: { onTakeBack: (text: string) => void; onDone: () => void }) {
  const [openParts, setOpenParts] = useState(nothingOpen);
  const call = useCall();
  const { retry, discard, takeBack } = useOutbox();
  const { drop } = useChangeUnfinished(roomId);
  const markUnread = useMarkUnread(roomId);
  const latest = useRef({ after: callbacks, editing: openParts.editing });
  useEffect(() => {
    latest.current = { after: callbacks, editing: openParts.editing };
  });

  const actions = useMemo<LogRowActions>(() => {
    const openPart = (next: Partial<OpenParts>) => setOpenParts((current) => ({ ...current, ...next }));
    return {
      act(name, message) {
        if (name === "edit") openPart({ ...nothingOpen, editing: message.id });
        if (name === "delete") openPart({ menu: null, actionsOf: null, deleting: message });
        if (name === "history") openPart({ menu: null, actionsOf: null, history: message.id });
        if (name === "unread") {
          openPart({ menu: null, actionsOf: null });
          void markUnread(message);
        }
        if (name === "copy") {
          void copyText(message.body).then((isCopied) => {
            if (isCopied) toast.success("Copied", { id: "copied" });
            else toast.error("Your browser blocked copying. Select the text and copy it yourself.", { id: "copied" });
          });
        }
      },
      openMenu: (menu) => openPart({ menu }),
      openHistory: (history) => openPart({ history }),
      openActions: (actionsOf) => openPart({ actionsOf }),
      save: (messageId, body, basedOn) => call("message.edit", { messageId, body, basedOn }),
      stopEditing(messageId) {
        if (latest.current.editing !== messageId) return;
        openPart({ editing: null });
        latest.current.after.onDone();
      },
      retry,
      takeBack: (id) => latest.current.after.onTakeBack(takeBack(id)),
      discard,
    };
  }, [call, retry, discard, takeBack, markUnread]);

  return {
    doing: openParts,
    actions,
    edit: (messageId: string) => setOpenParts({ ...nothingOpen, editing: messageId }),
    remove: async (message: Message) => {
      await call("message.delete", { messageId: message.id });
      drop(message.id);
      setOpenParts((current) => ({ ...current, editing: current.editing === message.id ? null : current.editing }));
    },
    closeDelete: () => setOpenParts((current) => ({ ...current, deleting: null })),
    closePressed: () => setOpenParts((current) => ({ ...current, actionsOf: null })),
  };
}
