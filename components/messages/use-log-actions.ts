"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { openPlace, usePaths } from "@/components/shell/place";
import { copyLater, copyText } from "@/components/ui/copy";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useOutbox } from "@/lib/client/hooks/use-outbox";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useUnfinishedEditActions } from "@/lib/client/hooks/use-unfinished-edits";
import type { Parley } from "@/lib/client/parley";
import type { Message } from "@/lib/contract/message";
import type { OutboxEntry } from "@/lib/client/stores/outbox";
import { type LogRowActions, useLogPlace } from "./log-context";
import { useMarkUnread } from "./use-mark-unread";

/** Which editor, menu or dialog is open in the log of a room, and for which message. Strings are message ids. */
export interface OpenState {
  editing: string | null;
  menu: string | null;
  history: string | null;
  deleting: Message | null;
  /** The message for which a thread is chosen. */
  moving: Message | null;
  /** The message whose actions are shown after a long press. */
  actionsOf: Message | null;
  /** The message for which the picker is open, and the one whose reactions the dialog lists. */
  picking: string | null;
  reactionsOf: string | null;
}

const nothingOpen: OpenState = {
  editing: null,
  menu: null,
  history: null,
  deleting: null,
  moving: null,
  actionsOf: null,
  picking: null,
  reactionsOf: null,
};

interface Callbacks {
  /** Receives a removed unsent message, which the person wants to edit in the composer. */
  onReturnToComposer: (entry: OutboxEntry) => void;
  /** Begins a reply to this message in the composer. */
  onReply: (messageId: string) => void;
  /** Called when an editor closes. */
  onEditorClosed: () => void;
  /** Called to show a message of somebody whom the viewer blocks. */
  onShowBlocked: (messageId: string) => void;
}

function copy(text: string | Promise<string>, done: string, otherwise: string): void {
  void (typeof text === "string" ? copyText(text) : copyLater(text)).then((isCopied) => {
    if (isCopied) toast.success(done, { id: "copied" });
    else toast.error(`Your browser blocked copying. ${otherwise}`, { id: "copied" });
  });
}

/** What was typed, with the names that mentions have on the screen. If the code for it can't be fetched, they stay as typed. */
const bodyWithNames = (parley: Parley, message: Message): Promise<string> =>
  import("./prepare-copy").then(({ copiedBody }) => copiedBody(parley, message)).catch(() => message.body);

/** The actions that the rows of a room's log can call, and which editor, menu or dialog is open in the log. */
export function useLogActions(roomId: string, callbacks: Callbacks) {
  const [openState, setOpenState] = useState(nothingOpen);
  const call = useCall();
  const parley = useParley();
  const { retry, remove, removeToEdit } = useOutbox();
  const { removeEdit } = useUnfinishedEditActions(useLogPlace(roomId));
  const markUnread = useMarkUnread(roomId);
  const paths = usePaths();
  const latest = useRef({ callbacks, editing: openState.editing });
  useEffect(() => {
    latest.current = { callbacks, editing: openState.editing };
  });

  const actions = useMemo<LogRowActions>(() => {
    const updateOpenState = (next: Partial<OpenState>) => setOpenState((current) => ({ ...current, ...next }));
    return {
      act(name, message) {
        if (name === "edit") updateOpenState({ ...nothingOpen, editing: message.id });
        if (name === "thread") openPlace(paths.thread(message.roomId, message.threadId ?? message.id));
        if (name === "delete") updateOpenState({ menu: null, actionsOf: null, deleting: message });
        if (name === "move") updateOpenState({ menu: null, actionsOf: null, moving: message });
        if (name === "react") updateOpenState({ menu: null, actionsOf: null, picking: message.id });
        if (name === "reactions") updateOpenState({ menu: null, actionsOf: null, reactionsOf: message.id });
        if (name === "history") updateOpenState({ menu: null, actionsOf: null, history: message.id });
        if (name === "unread") {
          updateOpenState({ menu: null, actionsOf: null });
          void markUnread(message);
        }
        if (name === "pin" || name === "unpin")
          void import("@/components/pins/change-pin").then(
            ({ changePin }) => changePin(call, name, message.id),
            () => toast.error("Couldn't load this. Check the connection, then try again."),
          );
        if (name === "reply") {
          updateOpenState({ menu: null, actionsOf: null });
          latest.current.callbacks.onReply(message.id);
        }
        if (name === "copy") {
          const text = message.mentions ? bodyWithNames(parley, message) : message.body;
          copy(text, "Copied", "Select the text and copy it yourself.");
        }
        if (name === "link")
          copy(location.origin + paths.message(message.id), "Link copied", "Allow it for this page, then try again.");
      },
      openMenu: (menu) => updateOpenState({ menu }),
      openHistory: (history) => updateOpenState({ history }),
      openActions: (actionsOf) => updateOpenState({ actionsOf }),
      showBlocked: (id) => latest.current.callbacks.onShowBlocked(id),
      save: (messageId, body, basedOn) => call("message.edit", { messageId, body, basedOn }),
      stopEditing(messageId) {
        if (latest.current.editing !== messageId) return;
        updateOpenState({ editing: null });
        latest.current.callbacks.onEditorClosed();
      },
      retry,
      returnToComposer(id) {
        const entry = removeToEdit(id);
        if (entry) latest.current.callbacks.onReturnToComposer(entry);
      },
      removeUnsent: remove,
    };
  }, [call, parley, paths, retry, remove, removeToEdit, markUnread]);

  return {
    openState,
    actions,
    edit: (messageId: string) => setOpenState({ ...nothingOpen, editing: messageId }),
    deleteMessage: async (message: Message) => {
      await call("message.delete", { messageId: message.id });
      removeEdit(message.id);
      setOpenState((current) => ({ ...current, editing: current.editing === message.id ? null : current.editing }));
    },
    close: (part: keyof OpenState) => setOpenState((current) => ({ ...current, [part]: null })),
  };
}
