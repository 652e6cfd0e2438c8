// @vitest-environment happy-dom
import { createRef } from "react";
import { beforeAll, expect, it, vi } from "vitest";
import EditMessage from "@/components/messages/edit-message";
import { ThreadComposer } from "@/components/threads/thread-composer";
import { afterEnterIn } from "@/tests/harness/rendered";
import { messageBy, viewerAs } from "@/tests/harness/viewers";
import { Composer } from "./composer";

const viewer = viewerAs("member", "moderator", { memberCount: 30 });
const nothing = () => {};
const message = messageBy("me");
const edit = (onSave = async () => {}, edited = message) => (
  <EditMessage message={edited} onSave={onSave} onDone={nothing} onDelete={nothing} />
);
const keys = { onEditLast: nothing, onScrollPage: nothing };
const names = { form: "Write", field: "Message", send: "Send" };
const composer = () => (
  <Composer place="room" names={names} fieldRef={createRef()} reachesRoom className="" onSend={nothing} {...keys} />
);
const threadComposer = () => (
  <ThreadComposer room={viewer.room} threadId="thread" label="#lighthouse" fieldRef={createRef()} {...keys} />
);

// They are fetched when they are needed. Importing them here keeps the first test from waiting for them.
beforeAll(async () => {
  await Promise.all([import("./confirm-mention"), import("./suggestions"), import("@/lib/client/names")]);
});

it("Nothing can be typed while the groups that a text may mention are not known", async () => {
  const isReadOnly = (field: HTMLTextAreaElement) => field.readOnly;
  const silent = { "/groups": null };
  expect(await afterEnterIn(viewer, edit(), "Hi @other", isReadOnly, silent)).toBe(true);
  // What only looks like a mention of everyone is in doubt until the groups are known.
  expect(await afterEnterIn(viewer, composer(), "Hi @roommate", isReadOnly, silent)).toBe(true);
  expect(await afterEnterIn(viewer, threadComposer(), "Hi @roommate", isReadOnly, silent)).toBe(true);
});

it("An edit that mentions nobody new is saved", async () => {
  const onSave = vi.fn(async () => {});
  await afterEnterIn(viewer, edit(onSave), "Hi @other", nothing);
  expect(onSave).toHaveBeenCalledWith("Hi @other", message.editedAt);
});

it("A reply that the room shows, too, is asked about when it mentions a large group", async () => {
  const oncall = { id: "1", name: "On call", handle: "oncall", memberCount: 25, roomCount: null };
  // `Suggestions` sets it when it has read the groups, some time after the field was focused.
  const marked = (part: HTMLElement | null) =>
    part?.querySelector("textarea")?.toggleAttribute("data-may-mention-many", true);
  const part = <div ref={(element) => void marked(element)}>{threadComposer()}</div>;
  const screen = await afterEnterIn(viewer, part, "Hi @oncall", () => document.body.innerText, {
    "/groups": { groups: [oncall] },
  });
  expect(screen).toContain("Mention On call in");
});

it("An edit of a reply asks only if the room shows it", async () => {
  const onSave = vi.fn(async () => {});
  const reply = { ...message, threadId: "thread" };
  const screen = () => document.body.innerText;
  const shown = { ...reply, alsoInRoom: true };
  expect(await afterEnterIn(viewer, edit(onSave, shown), "Hi @room", screen)).toContain("Mention everyone in");
  expect(onSave).not.toHaveBeenCalled();
  expect(await afterEnterIn(viewer, edit(onSave, reply), "Hi @room", screen)).not.toContain("Mention everyone in");
  expect(onSave).toHaveBeenCalledWith("Hi @room", message.editedAt);
});
