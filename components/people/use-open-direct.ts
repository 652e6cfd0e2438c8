"use client";
import { isStillAt, openPlace, usePaths } from "@/components/shell/place";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";

/** Returns a function that opens the direct room with a person. From the settings, it loads the chat as a new page. */
export function useOpenDirect(): (personId: string) => void {
  const call = useCall();
  const paths = usePaths();
  return (personId) => {
    const from = location.pathname;
    call("direct.open", { personIds: [personId] }).then(
      ({ room }) => {
        if (!isStillAt(from)) return;
        const path = paths.room(room.id);
        if (from.startsWith(paths.settings)) location.assign(path);
        else openPlace(path);
      },
      (error: Error) => toast.error(error.message),
    );
  };
}
