"use client";
import { FilePenLine } from "lucide-react";
import { Button } from "@/components/ui/button";
import { focusComposer } from "@/components/ui/return-focus";
import { parseOthers } from "@/lib/client/draft-copies";
import { othersPlace } from "@/lib/client/draft-places";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";
import type { Drafts } from "@/lib/client/drafts";

/** Offers what was typed on another device while the composer's text was typed here. */
export default function OtherVersions({ roomId }: { roomId: string }) {
  const { drafts } = useParley();
  const [kept] = useText(othersPlace(roomId));
  async function change(how: (loaded: Drafts) => void) {
    how(await drafts.load());
    focusComposer();
  }
  return (
    <ul
      aria-label="From another device"
      className="max-h-40 divide-y overflow-y-auto border-b max-md:mb-2 max-md:basis-full"
    >
      {parseOthers(kept).map((text) => (
        <li key={text} className="flex items-start gap-2.5 py-1.5 ps-3.5 pe-1.5 text-sm text-ink-soft">
          <FilePenLine aria-hidden className="mt-1 size-3.5 flex-none" />
          <div role="status" className="min-w-0 flex-1">
            <p>You also wrote this on another device:</p>
            <p dir="auto" className="line-clamp-3 whitespace-pre-wrap text-ink wrap-anywhere">
              {text}
            </p>
          </div>
          <Button size="sm" variant="ghost" onClick={() => void change(({ takeOther }) => takeOther(roomId, text))}>
            Use it
          </Button>
          <Button size="sm" variant="ghost" onClick={() => void change(({ dropOther }) => dropOther(roomId, text))}>
            Discard
          </Button>
        </li>
      ))}
    </ul>
  );
}
