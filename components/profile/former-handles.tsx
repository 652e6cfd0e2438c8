"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";

const ReleaseDialog = dialogOnDemand(() => import("./release-dialog"));

type FormerHandlesProps = {
  personId: string;
  isMe: boolean;
  handles: readonly string[];
  /** Called when one of them was released. */
  onReleased: () => void;
};

/** The handles that a person gave up, as an owner or admin sees them. Nobody else gets them until they are released. */
export function FormerHandles({ personId, isMe, handles, onReleased }: FormerHandlesProps) {
  const [asked, setAsked] = useState({ handle: "", key: 0, isOpen: false });
  return (
    <section className="mt-4 border-t pt-4">
      <h4 className="text-xs font-medium text-ink-faint">Earlier handles</h4>
      <ul className="mt-1">
        {handles.map((handle) => (
          <li key={handle} className="flex items-center gap-2 py-1 text-sm text-ink-soft">
            <span className="min-w-0 flex-1 truncate">
              @{handle} is reserved for {isMe ? "you" : "them"}
            </span>
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Release @${handle}`}
              onClick={() => setAsked(({ key }) => ({ handle, key: key + 1, isOpen: true }))}
            >
              Release
            </Button>
          </li>
        ))}
      </ul>
      {asked.key > 0 && (
        <ReleaseDialog
          key={asked.key}
          open={asked.isOpen}
          onOpenChange={(isOpen) => setAsked((current) => ({ ...current, isOpen }))}
          personId={personId}
          handle={asked.handle}
          onReleased={onReleased}
        />
      )}
    </section>
  );
}
