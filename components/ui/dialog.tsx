"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { cn } from "./cn";
import { useReturnFocus } from "./return-focus";
import { useBackCloses } from "./use-back-closes";

const widths = { sm: "md:w-[440px]", md: "md:w-[560px]", lg: "md:w-[720px]" };

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One or two sentences under the title. */
  description?: ReactNode;
  /** The buttons, the primary one last. */
  footer?: ReactNode;
  size?: keyof typeof widths;
  /** "alertdialog" for a question that interrupts. It has no Close button. */
  role?: "dialog" | "alertdialog";
  /** Hides the title and the description from all but screen readers, and leaves out the Close button. */
  hideHeader?: boolean;
  /** Set it if nothing in the content takes the focus. Makes the content focusable, so that it can be scrolled by keyboard. */
  textOnly?: boolean;
  className?: string;
  children?: ReactNode;
};

/** The scrim, the box and the focus handling of a dialog. For dialogs with their own layout, such as the switcher. */
export function DialogFrame({
  open,
  onOpenChange,
  role = "dialog",
  hasDescription = false,
  className,
  children,
}: Pick<DialogProps, "open" | "onOpenChange" | "role" | "className" | "children"> & {
  /** Whether `children` have a `Description`, which a screen reader then reads with the title. */
  hasDescription?: boolean;
}) {
  const returnFocus = useReturnFocus(open);
  useBackCloses(open, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        {/* Not Radix.Overlay: its scroll lock makes the browser recalculate the styles of the whole page, which does not scroll anyway.
            `pointer-events-auto` is needed because Radix turns off pointer events on <body>. */}
        <div
          aria-hidden
          data-state={open ? "open" : "closed"}
          className="pointer-events-auto fixed inset-0 z-40 animate-fade-in bg-scrim data-[state=closed]:animate-fade-out"
        />
        <Radix.Content
          role={role}
          {...(!hasDescription && { "aria-describedby": undefined })}
          onCloseAutoFocus={returnFocus}
          className={cn(
            "fixed z-40 flex max-h-[min(85dvh,760px)] flex-col bg-surface-raised shadow-dialog outline-none",
            "md:inset-0 md:m-auto md:h-fit md:max-w-[calc(100vw-48px)] md:animate-dialog-in md:rounded-bubble md:data-[state=closed]:animate-fade-out",
            "max-md:inset-x-0 max-md:bottom-0 max-md:animate-sheet-in max-md:rounded-t-bubble max-md:pb-[env(safe-area-inset-bottom)] max-md:data-[state=closed]:animate-sheet-out",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A dialog; on phones a sheet at the bottom. Esc, Back or a click on the scrim closes it and returns the focus. */
export function Dialog({
  title,
  description,
  footer,
  size = "sm",
  hideHeader,
  textOnly,
  className,
  children,
  ...frame
}: DialogProps) {
  return (
    <DialogFrame {...frame} hasDescription={Boolean(description)} className={cn(widths[size], className)}>
      <header className={hideHeader ? "sr-only" : "relative px-6 pt-[22px] pr-14"}>
        <Radix.Title className="text-lg font-semibold leading-tight tracking-title wrap-anywhere">{title}</Radix.Title>
        {description && <Radix.Description className="mt-2 text-ui text-ink-soft">{description}</Radix.Description>}
      </header>
      {frame.role !== "alertdialog" && !hideHeader && (
        <Radix.Close asChild>
          <IconButton label="Close" tooltip={false} className="absolute top-4 right-4 max-md:top-2 max-md:right-2">
            <X />
          </IconButton>
        </Radix.Close>
      )}
      {children && (
        <div
          {...(textOnly && { role: "group", tabIndex: 0 })}
          className={cn("min-h-0 flex-1 overflow-y-auto overscroll-contain px-6 pt-4", !footer && "pb-6")}
        >
          {children}
        </div>
      )}
      {footer && <footer className="flex flex-wrap justify-end gap-2 px-6 pt-[22px] pb-5">{footer}</footer>}
    </DialogFrame>
  );
}
