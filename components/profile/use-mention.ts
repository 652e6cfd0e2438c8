"use client";
import { focusComposer } from "@/components/ui/return-focus";
import { useParley } from "@/lib/client/hooks/use-parley";

/** Returns a function that writes a mention at the end of a room's composer. */
export function useMention(): (roomId: string, handle: string) => void {
  const { texts } = useParley();
  return (roomId, handle) => {
    const text = texts.read(roomId);
    texts.write(roomId, `${text}${text === "" || /\s$/.test(text) ? "" : " "}@${handle} `);
    focusComposer();
  };
}
