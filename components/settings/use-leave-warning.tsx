"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";

/**
 * Warns before the person leaves a form with unsaved changes: by a link, by going back, or by closing or reloading the tab.
 * Returns the dialog to render. Without the Navigation API, going back does not warn.
 */
export function useLeaveWarning(hasChanges: boolean): ReactNode {
  const router = useRouter();
  const [leave, setLeave] = useState<(() => void) | null>(null);

  useEffect(() => {
    if (!hasChanges) return;
    let isLeaving = false;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.("a[href]");
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (!(link instanceof HTMLAnchorElement) || link.target || opensElsewhere || link.origin !== location.origin)
        return;
      event.preventDefault();
      event.stopPropagation();
      setLeave(() => () => router.push(`${link.pathname}${link.search}`));
    };
    const onNavigate = (event: NavigateEvent) => {
      if (event.navigationType !== "traverse" || !event.cancelable || isLeaving) return;
      // Back closes a dialog (see `useBackCloses`), and the page stays.
      if (event.destination.url === location.href) return;
      event.preventDefault();
      const { key } = event.destination;
      setLeave(() => () => {
        isLeaving = true;
        navigation.traverseTo(key);
      });
    };
    addEventListener("beforeunload", onUnload);
    // In the capture phase, before the link itself handles the click.
    document.addEventListener("click", onClick, true);
    globalThis.navigation?.addEventListener("navigate", onNavigate);
    return () => {
      removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
      globalThis.navigation?.removeEventListener("navigate", onNavigate);
    };
  }, [hasChanges, router]);

  return (
    <ConfirmDialog
      open={leave !== null}
      onOpenChange={(open) => !open && setLeave(null)}
      title="Leave without saving?"
      description="Your changes on this page are lost if you leave it now."
      confirmLabel="Leave"
      cancelFirst
      onConfirm={() => leave?.()}
    />
  );
}
