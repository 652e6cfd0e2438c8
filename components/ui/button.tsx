"use client";
import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { buttonLook } from "./button-look";
import { cn } from "./cn";
import { Spinner } from "./spinner";
import { tooltip as tooltipOf } from "./tooltip";

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonLook> & {
    /** Shown in front of the text; the spinner takes its place. */
    icon?: ReactNode;
    /** Whether the action is running. A busy button ignores clicks but keeps its focus and size. */
    busy?: boolean;
    /** Gives the look of a button to its only child, such as a link. */
    asChild?: boolean;
  };

/**
 * Use one primary button per screen. A destructive action is "danger-quiet", or "danger-ghost" in a list of ghost buttons. The
 * button that confirms it in a dialog is "danger".
 */
export function Button({
  variant,
  size = variant === "link" || variant === "link-accent" ? "text" : "md",
  block,
  icon,
  busy,
  asChild,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  const classes = cn(buttonLook({ variant, size, block }), busy && "opacity-48", className);
  if (asChild)
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  // A busy button is not `disabled`, because a disabled button loses the keyboard focus.
  const press = (event: MouseEvent<HTMLButtonElement>) => (busy ? event.preventDefault() : onClick?.(event));
  return (
    <button
      type="button"
      className={classes}
      onClick={press}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      {...props}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

const iconButton = cva(
  "inline-flex flex-none items-center justify-center rounded-control transition-[background-color,color] hover:bg-hover hover:text-ink disabled:cursor-default disabled:opacity-48 data-[state=open]:bg-press data-[state=open]:text-ink",
  {
    variants: {
      size: {
        xs: "size-6 max-md:size-touch [&_svg]:size-3.5",
        sm: "size-7 max-md:size-touch [&_svg]:size-4",
        md: "size-control max-md:size-touch [&_svg]:size-4 max-md:[&_svg]:size-5",
        toolbar: "size-[30px] [&_svg]:size-4",
      },
      faint: { true: "text-ink-faint", false: "text-ink-soft" },
    },
    defaultVariants: { size: "md", faint: false },
  },
);

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> &
  VariantProps<typeof iconButton> & {
    /** The accessible name and the tooltip. */
    label: string;
    /** The format of <Shortcut>, such as "mod+k". */
    shortcut?: string;
    /** Set to false if the text next to the button says the same. */
    tooltip?: boolean;
  };

export function IconButton({
  label,
  shortcut,
  tooltip = true,
  size,
  faint,
  className,
  children,
  ...props
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className={cn(iconButton({ size, faint }), className)}
      {...(tooltip && tooltipOf(label, { shortcut }))}
      {...props}
    >
      {children}
    </button>
  );
}
