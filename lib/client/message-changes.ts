import type { Message } from "@/lib/contract/message";
import type { Call } from "./http";
import type { Parley } from "./parley";
import type { OutboxStore } from "./stores/outbox";

/** Changing what was said. An edit is shown at once, over the message, until its answer comes. */
export function createMessageChanges(options: {
  store: OutboxStore;
  call: Call;
  put: (message: Message) => void;
}): Parley["messages"] {
  const { store, call, put } = options;
  function show(messageId: string, body: string): void {
    store.setState(({ edits }) => ({ edits: new Map(edits).set(messageId, body) }));
  }
  function unshow(messageId: string, body: string): void {
    const edits = new Map(store.getState().edits);
    // A second edit of the same message may be shown by now.
    if (edits.get(messageId) !== body) return;
    edits.delete(messageId);
    store.setState({ edits });
  }
  return {
    async edit(messageId, body, basedOn) {
      show(messageId, body);
      try {
        put(await call("message.edit", { messageId, body, basedOn }));
      } finally {
        unshow(messageId, body);
      }
    },
    async delete(messageId) {
      put(await call("message.delete", { messageId }));
    },
  };
}
