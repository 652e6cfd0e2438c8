"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { signingOutEvent } from "@/components/auth/signing-out-event";
import { forgetLinks } from "@/components/invites/forget-links";
import { FetchedParser } from "@/components/markdown/parser";
import { LogPlaces } from "@/components/messages/log-places";
import { PersonCards } from "@/components/profile/person-cards";
import { cn } from "@/components/ui/cn";
import { signInPath } from "@/lib/contract/sign-in-path";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { Dialogs } from "./dialogs";
import { usePlace } from "./place";
import { Shortcuts } from "./shortcuts";
import { Sidebar } from "./sidebar";
import { WindowTitle } from "./window-title";

/**
 * The frame of the chat: the sidebar with the rooms, and the stage with the current page. Phones show one at a time.
 */
export function Shell({ children }: { children: ReactNode }) {
  const place = usePlace();
  useOpenSignInWhenSignedOut();
  return (
    <FetchedParser>
      <LogPlaces>
        <Dialogs>
          <div className="grid h-dvh grid-cols-1 overflow-hidden md:grid-cols-[var(--spacing-sidebar)_minmax(0,1fr)]">
            {/* On the start page, the list of rooms is the main content. */}
            <div
              role={place.at === "home" ? "main" : undefined}
              className={cn("contents", place.at !== "home" && "max-md:hidden")}
            >
              <Sidebar place={place} />
            </div>
            <div
              role={place.at === "home" ? undefined : "main"}
              id="stage"
              tabIndex={-1}
              className={cn(
                "relative flex min-h-0 min-w-0 overflow-hidden bg-surface outline-none md:m-2 md:ml-0 md:rounded-card md:border md:shadow-stage",
                place.at === "home" && "max-md:hidden",
              )}
            >
              {children}
            </div>
          </div>
          <Shortcuts />
          <WindowTitle />
          <PersonCards />
        </Dialogs>
      </LogPlaces>
    </FetchedParser>
  );
}

/** Opens the sign-in page when the session ends. The sign-in page gives the reason and returns here afterwards. */
function useOpenSignInWhenSignedOut() {
  const { status } = useConnection();
  const isSigningOut = useRef(false);
  useEffect(() => {
    const onSigningOut = (event: Event) => {
      isSigningOut.current = (event as CustomEvent<boolean>).detail;
    };
    addEventListener(signingOutEvent, onSigningOut);
    return () => removeEventListener(signingOutEvent, onSigningOut);
  }, []);
  useEffect(() => {
    if (status !== "signed_out") return;
    forgetLinks();
    if (!isSigningOut.current) location.assign(signInPath(location.pathname + location.search + location.hash));
  }, [status]);
}
