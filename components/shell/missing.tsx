"use client";
import { ChevronLeft, CloudAlert, RotateCw, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { ConnectionBanner } from "./connection-banner";
import { Bar, Pane } from "./frame";
import { openPlace, replacePlace, usePaths, useProfilePath } from "./place";
import { SidePanel } from "./side-panel";

type MissingProps = { onRetry: () => void };

/** Shown instead of a screen whose code could not be fetched. */
export function MissingScreen({ onRetry }: MissingProps) {
  const paths = usePaths();
  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
      </Bar>
      <ConnectionBanner />
      <Missing title="Couldn't load this page" onRetry={onRetry} />
    </Pane>
  );
}

/** Shown instead of a panel whose code could not be fetched. */
export function MissingPanel({ onRetry }: MissingProps) {
  const pathTo = useProfilePath();
  const close = () => replacePlace(pathTo(null));
  return (
    <SidePanel label="Panel" onEscape={close}>
      <Bar>
        <IconButton label="Close" tooltip={false} className="ml-auto" onClick={close}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      <Missing title="Couldn't load this panel" onRetry={onRetry} />
    </SidePanel>
  );
}

function Missing({ title, onRetry }: MissingProps & { title: string }) {
  return (
    <Empty
      icon={<CloudAlert />}
      title={title}
      heading="h1"
      actions={
        <Button icon={<RotateCw aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      It opens by itself when the connection is back.
    </Empty>
  );
}
