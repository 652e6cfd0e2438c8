"use client";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/on-demand";
import type { Person } from "@/lib/contract/person";
import { useUnblock } from "./use-unblock";

const BlockDialog = dialogOnDemand(() => import("@/components/people/block-dialog"));

/** Blocks or unblocks somebody. One button, so that it keeps the focus. */
export function BlockButton({ person, isBlocked }: { person: Person; isBlocked: boolean }) {
  const [dialog, setDialog] = useState({ key: 0, isOpen: false });
  const unblock = useUnblock(person.id);
  return (
    <>
      <Button
        variant="ghost"
        icon={isBlocked ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
        className="-ms-2.5"
        busy={unblock.isPending}
        onClick={() => (isBlocked ? void unblock.run() : setDialog(({ key }) => ({ key: key + 1, isOpen: true })))}
      >
        <span>
          {isBlocked ? "Unblock" : "Block"}
          <span className="sr-only"> {person.name}</span>
        </span>
      </Button>
      {dialog.key > 0 && (
        <BlockDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={(isOpen) => setDialog((current) => ({ ...current, isOpen }))}
          person={person}
        />
      )}
    </>
  );
}
