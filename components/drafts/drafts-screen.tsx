"use client";
import { ChevronLeft, FilePenLine } from "lucide-react";
import { useEffect, useRef } from "react";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, usePaths } from "@/components/shell/place";
import { IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { keepFocusInRows } from "@/components/ui/keep-focus";
import { useDraftPlaces } from "@/lib/client/hooks/use-draft-places";
import { DraftRow } from "./draft-row";

/** My drafts in all rooms and threads, the latest first. */
export default function DraftsScreen() {
  const places = useDraftPlaces();
  const paths = usePaths();
  const page = useRef<HTMLDivElement>(null);
  const count = places.length;
  const countBefore = useRef(count);
  // The last row is removed with its button, which had the focus.
  useEffect(() => {
    if (countBefore.current > 0 && count === 0 && document.activeElement === document.body) page.current?.focus();
    countBefore.current = count;
  }, [count]);
  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <FilePenLine aria-hidden className="size-[18px] max-md:hidden" />
        <h1 className="text-md tracking-name md:ms-1">Drafts</h1>
        <span className="min-w-0 flex-1 truncate ps-2 text-sm text-ink-soft">
          {count === 1 ? "1 draft" : count > 1 && `${count.toLocaleString()} drafts`}
        </span>
      </Bar>
      <ConnectionBanner />
      <div
        ref={page}
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto px-10 pt-[calc(var(--spacing-bar)+24px)] pb-10 outline-none max-md:px-2 max-md:pt-[calc(var(--spacing-bar)+8px)]"
      >
        {count === 0 ? (
          <Empty icon={<FilePenLine />} title="No drafts">
            What you start to write and don't send is kept here, on all your devices.
          </Empty>
        ) : (
          <ul ref={keepFocusInRows} aria-label="Drafts" className="mx-auto w-full max-w-190">
            {places.map((each) => (
              <DraftRow key={each} place={each} />
            ))}
          </ul>
        )}
      </div>
    </Pane>
  );
}
