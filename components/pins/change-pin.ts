import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import type { Call } from "@/lib/client/http";

const changes = {
  pin: { operation: "pin.add", done: "Pinned", undo: "unpin" },
  unpin: { operation: "pin.remove", done: "Unpinned", undo: "pin" },
} as const;

/** Pins a message, or unpins it. A toast tells of the result and can undo it. */
export async function changePin(call: Call, change: "pin" | "unpin", messageId: string): Promise<void> {
  const { operation, done, undo } = changes[change];
  try {
    await call(operation, { messageId });
    const action = { label: "Undo", onClick: () => void changePin(call, undo, messageId) };
    toast.success(done, { id: "pin", action });
  } catch (error) {
    toast.error(toCallError(error).message, { id: "pin" });
  }
}
