"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/**
 * Warns before a form with unsaved changes is left: by a link, by closing the tab or by reloading it. Returns the dialog to
 * render.
 */
export function useLeaveWarning(hasChanges: boolean): ReactNode {
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    if (!hasChanges) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.("a[href]");
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (!(link instanceof HTMLAnchorElement) || link.target || opensElsewhere || link.origin !== location.origin)
        return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(`${link.pathname}${link.search}`);
    };
    addEventListener("beforeunload", onUnload);
    // In the capture phase, before the link itself handles the click.
    document.addEventListener("click", onClick, true);
    return () => {
      removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [hasChanges]);

  return (
    <ConfirmDialog
      open={wanted !== null}
      onOpenChange={(open) => !open && setWanted(null)}
      title="Leave without saving?"
      description="Your changes on this page are lost if you leave it now."
      confirmLabel="Leave"
      cancelFirst
      onConfirm={() => wanted && router.push(wanted)}
    />
  );
}
