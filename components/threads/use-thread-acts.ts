"use client";
import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import { useCall } from "@/lib/client/hooks/use-call";

/** The acts on a thread that need no dialog. `isRoomMuted`: a thread that is not muted itself is as its room. */
export function useThreadActs(threadId: string, isRoomMuted: boolean) {
  const call = useCall();
  async function tell(change: Promise<unknown>, words: string): Promise<void> {
    try {
      await change;
      toast.success(words, { id: "thread" });
    } catch (error) {
      toast.error(toCallError(error).message, { id: "thread" });
    }
  }
  const setFollowed = (isFollowed: boolean) => call("thread.setFollowed", { threadId, isFollowed });
  const setResolved = (isResolved: boolean) => call("thread.setResolved", { threadId, isResolved });
  return {
    follow: () => tell(setFollowed(true), "You follow this thread"),
    unfollow: () => tell(setFollowed(false), "You no longer follow this thread"),
    mute: () => tell(call("thread.setMuted", { threadId, isMuted: isRoomMuted ? null : true }), "Thread muted"),
    unmute: () => tell(call("thread.setMuted", { threadId, isMuted: isRoomMuted ? false : null }), "Thread unmuted"),
    resolve: () => tell(setResolved(true), "Thread resolved"),
    reopen: () => tell(setResolved(false), "Thread reopened"),
  };
}
