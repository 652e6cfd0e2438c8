"use client";
import { Plus } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { limits } from "@/lib/contract/limits";
import { RoomTile } from "./offer-row";

type OwnRoomProps = { typed: string; taken: boolean; onType: (text: string) => void; onAdd: () => void };

/** Adds a room with a name that the person types. */
export function OwnRoom({ typed, taken, onType, onAdd }: OwnRoomProps) {
  const note = useId();
  return (
    <form
      className="flex items-start gap-3 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() && !taken) onAdd();
      }}
    >
      <span className="max-md:mt-1">
        <RoomTile empty>
          <Plus />
        </RoomTile>
      </span>
      <div className="min-w-0 flex-1">
        <Input
          aria-label="Add a room of your own"
          aria-describedby={note}
          aria-invalid={taken || undefined}
          placeholder="Add a room of your own"
          autoComplete="off"
          maxLength={limits.name}
          value={typed}
          // The name is "design"; the # is only shown before it.
          onChange={(event) => onType(event.target.value.replace(/^\s*[#@]+/, ""))}
        />
        <p id={note} aria-live="polite" className="mt-1 text-xs text-danger-ink empty:hidden">
          {taken && "This name is taken. Choose another one."}
        </p>
      </div>
      <Button type="submit" className="md:h-9!" disabled={!typed.trim() || taken}>
        Add
      </Button>
    </form>
  );
}
