// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { renderToStaticMarkup } from "react-dom/server";
import { NowProvider } from "@/lib/client/now-provider";
import { messageBy } from "@/tests/harness/viewers";
import type { Bubble } from "./message-bubble";
import { MessageRow } from "./message-row";

const nothing = () => {};
const bubbles: readonly (Bubble | null)[] = [
  null,
  { isMine: true, isNamed: false, continues: false, hasFailed: false },
];

/** A message that the room shows as the way to its thread. */
const shown = (bubble: Bubble | null, editor?: string) =>
  renderToStaticMarkup(
    <NowProvider>
      <MessageRow
        message={{ ...messageBy("me"), body: "Ask the harbour" }}
        authorName="Ada"
        authorPicture={null}
        isAuthorDeactivated={false}
        grouped={false}
        isUnsent={false}
        isPointer
        editor={editor}
        thread="Moved to a thread"
        bubble={bubble}
        active
        menuOpen={false}
        mentionsMe={false}
        actions={[]}
        onAction={nothing}
        onMenuOpenChange={nothing}
        onLongPress={nothing}
      />
    </NowProvider>,
  );

it("Of a message that was moved into a thread, rows and bubbles show no text, but an edit that had begun", () => {
  for (const bubble of bubbles) {
    expect(shown(bubble)).not.toContain("Ask the harbour");
    expect(shown(bubble)).toContain("Moved to a thread");
    expect(shown(bubble, "The editor")).toContain("The editor");
  }
});
