import { toast } from "@/components/ui/toast";
import { toCallError } from "@/lib/client/call-error";
import type { Call } from "@/lib/client/http";

/** Pins a message, or unpins it. A toast tells of the result; unpinning can be undone. */
export async function changePin(call: Call, change: "pin" | "unpin", messageId: string): Promise<void> {
  try {
    await call(change === "pin" ? "pin.add" : "pin.remove", { messageId });
  } catch (error) {
    toast.error(toCallError(error).message, { id: "pin" });
    return;
  }
  if (change === "pin") toast.success("Pinned", { id: "pin" });
  else
    toast.success("Unpinned", {
      id: "pin",
      action: { label: "Undo", onClick: () => void changePin(call, "pin", messageId) },
    });
}
