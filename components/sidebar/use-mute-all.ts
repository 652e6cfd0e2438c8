"use client";
import { toast } from "@/components/ui/toast";
import { isCallError } from "@/lib/client/call-error";
import { useParley } from "@/lib/client/hooks/use-parley";
import type { RoomListItem } from "@/lib/client/hooks/use-room-list";

/** Returns a function that mutes these rooms, one after another. Undo unmutes them. */
export function useMuteAll(): (rooms: readonly RoomListItem[]) => void {
  const { call } = useParley();
  /** A section can have more rooms than can be changed at once. */
  async function setMuted(roomId: string, isMuted: boolean): Promise<void> {
    try {
      await call("membership.setMuted", { roomId, isMuted });
    } catch (error) {
      if (!isCallError(error) || error.code !== "rate_limited") throw error;
      await new Promise((resume) => setTimeout(resume, error.retryAfterMs ?? 1_000));
      await setMuted(roomId, isMuted);
    }
  }
  async function setAll(rooms: readonly RoomListItem[], isMuted: boolean): Promise<void> {
    for (const { roomId } of rooms) await setMuted(roomId, isMuted);
  }
  const fail = (error: Error) => toast.error(error.message);
  return (rooms) => {
    const loud = rooms.filter(({ membership }) => !membership.isMuted);
    setAll(loud, true).then(
      () =>
        toast.success(loud.length === 1 ? "Muted one room." : `Muted ${loud.length.toLocaleString()} rooms.`, {
          action: { label: "Undo", onClick: () => void setAll(loud, false).catch(fail) },
        }),
      fail,
    );
  };
}
