"use client";
import { FilePenLine } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { createDraftCopies, parseOthers } from "@/lib/client/draft-copies";
import { othersPlace } from "@/lib/client/draft-places";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useText } from "@/lib/client/hooks/use-text";

/** Offers what was typed on another device while the composer's text was typed here. */
export default function OtherVersions({ place, onUse }: { place: string; onUse: () => void }) {
  const { texts, stores } = useParley();
  const [copies] = useState(() => createDraftCopies(texts, stores.rooms));
  const [kept] = useText(othersPlace(place));
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
          <Button size="sm" variant="ghost" onClick={() => (copies.takeOther(place, text), onUse())}>
            Use it
          </Button>
          <Button size="sm" variant="ghost" onClick={() => (copies.dropOther(place, text), onUse())}>
            Discard
          </Button>
        </li>
      ))}
    </ul>
  );
}
