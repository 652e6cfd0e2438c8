"use client";
import { Plus } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { limits } from "@/lib/contract/limits";
import { RoomTile } from "./offer-row";

type OwnRoomProps = { name: string; isTaken: boolean; onNameChange: (text: string) => void; onAdd: () => void };

/** Adds a room with a name that the person types. */
export function OwnRoom({ name, isTaken, onNameChange, onAdd }: OwnRoomProps) {
  const note = useId();
  return (
    <form
      className="flex items-start gap-3 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !isTaken) onAdd();
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
          aria-invalid={isTaken || undefined}
          placeholder="Add a room of your own"
          autoComplete="off"
          maxLength={limits.name}
          value={name}
          // The name is "design"; the # is only shown before it.
          onChange={(event) => onNameChange(event.target.value.replace(/^\s*[#@]+/, ""))}
        />
        <p id={note} aria-live="polite" className="mt-1 text-xs text-danger-ink empty:hidden">
          {isTaken && "This name is taken. Choose another one."}
        </p>
      </div>
      <Button type="submit" className="md:h-9!" disabled={!name.trim() || isTaken}>
        Add
      </Button>
    </form>
  );
}
