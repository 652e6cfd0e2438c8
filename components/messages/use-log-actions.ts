"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useOutbox } from "@/lib/client/hooks/use-outbox";
import { useChangeUnfinished } from "@/lib/client/hooks/use-unfinished-edits";
import type { Message } from "@/lib/contract/message";
import type { LogRowActions } from "./log-context";

/** What is open in a log, and for which message. Strings are message ids. */
interface Doing {
  editing: string | null;
  menu: string | null;
  history: string | null;
  deleting: Message | null;
  /** The message whose actions are shown after a long press. */
  pressed: Message | null;
}

const nothing: Doing = { editing: null, menu: null, history: null, deleting: null, pressed: null };

/**
 * The actions that a log's rows can call, and what is open in the log. `onTakeBack` receives the text of an unsent message that
 * was withdrawn to be edited. `onDone` is called when an editor closes.
 */
export function useLogActions(roomId: string, after: { onTakeBack: (text: string) => void; onDone: () => void }) {
  const [doing, setDoing] = useState(nothing);
  const call = useCall();
  const { retry, discard, takeBack } = useOutbox();
  const { drop } = useChangeUnfinished(roomId);
  const latest = useRef({ after, editing: doing.editing });
  useEffect(() => {
    latest.current = { after, editing: doing.editing };
  });

  const actions = useMemo<LogRowActions>(() => {
    const change = (next: Partial<Doing>) => setDoing((now) => ({ ...now, ...next }));
    return {
      act(name, message) {
        if (name === "edit") change({ ...nothing, editing: message.id });
        if (name === "delete") change({ menu: null, pressed: null, deleting: message });
        if (name === "history") change({ menu: null, pressed: null, history: message.id });
        if (name === "copy") {
          void copyText(message.body).then((isCopied) => {
            if (isCopied) toast.success("Copied", { id: "copied" });
            else toast.error("Your browser blocked copying. Select the text and copy it yourself.", { id: "copied" });
          });
        }
      },
      menu: (menu) => change({ menu }),
      history: (history) => change({ history }),
      press: (pressed) => change({ pressed }),
      save: (messageId, body, basedOn) => call("message.edit", { messageId, body, basedOn }),
      stopEditing(messageId) {
        if (latest.current.editing !== messageId) return;
        change({ editing: null });
        latest.current.after.onDone();
      },
      retry,
      takeBack: (id) => latest.current.after.onTakeBack(takeBack(id)),
      discard,
    };
  }, [call, retry, discard, takeBack]);

  return {
    doing,
    actions,
    edit: (messageId: string) => setDoing({ ...nothing, editing: messageId }),
    remove: async (message: Message) => {
      await call("message.delete", { messageId: message.id });
      drop(message.id);
      setDoing((now) => ({ ...now, editing: now.editing === message.id ? null : now.editing }));
    },
    closeDelete: () => setDoing((now) => ({ ...now, deleting: null })),
    closePressed: () => setDoing((now) => ({ ...now, pressed: null })),
  };
}
