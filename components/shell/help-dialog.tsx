"use client";
import { Dialog } from "@/components/ui/dialog";
import { Shortcut } from "@/components/ui/kbd";
import type { DialogState } from "./open-dialog";

const groups: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: "Getting around",
    keys: [
      ["Jump to a room", "mod+k"],
      ["New message", "mod+shift+k"],
      ["Previous or next room", "alt+up"],
      ["Previous or next unread room", "alt+shift+up"],
      ["Mark this room as read", "esc"],
      ["Mark all rooms as read", "shift+esc"],
      ["Show or hide the right panel", "mod+."],
      ["Next section of the window", "f6"],
      ["Show this list", "mod+/"],
    ],
  },
  {
    title: "Writing",
    keys: [
      ["Send", "enter"],
      ["New line", "shift+enter"],
      ["Edit your last message", "up"],
      ["Bold", "mod+b"],
      ["Italic", "mod+i"],
      ["Code", "mod+shift+c"],
    ],
  },
  {
    title: "On a message",
    keys: [
      ["Previous or next message", "up+down"],
      ["Show its actions", "enter"],
      ["React", "+"],
      ["Reply in thread", "t"],
      ["Edit", "e"],
      ["Reply", "r"],
      ["Copy link", "c"],
      ["Pin or unpin", "p"],
      ["Mark unread from here", "u"],
      ["Delete", "del"],
    ],
  },
];

export default function HelpDialog(state: DialogState) {
  return (
    <Dialog {...state} size="lg" title="Keyboard shortcuts" textOnly>
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title} className="first:row-span-2">
            <h3 className="mb-1.5 text-xs font-medium tracking-ui text-ink-faint">{group.title}</h3>
            <dl className="text-ui">
              {group.keys.map(([what, keys]) => (
                <div key={what} className="flex min-h-9 items-center justify-between gap-4 border-t first:border-t-0">
                  <dt className="min-w-0">{what}</dt>
                  <dd>
                    <Shortcut keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
