import { cva } from "class-variance-authority";

/** The classes of a button. For links on pages without client code; elsewhere use <Button>. */
export const buttonLook = cva(
  "inline-flex flex-none select-none items-center justify-center gap-[7px] whitespace-nowrap rounded-control font-medium tracking-ui transition-[background-color,color,box-shadow] disabled:cursor-default disabled:opacity-48 [&_svg]:size-4",
  {
    variants: {
      variant: {
        primary: "fill-primary",
        secondary: "border border-line-control bg-surface text-ink shadow-card not-disabled:hover:bg-row-hover",
        ghost: "text-ink-soft hover:bg-hover hover:text-ink aria-expanded:bg-press aria-expanded:text-ink",
        soft: "bg-hover text-ink hover:bg-press",
        danger: "fill-danger",
        "danger-quiet": "border border-line-control bg-surface text-danger-ink not-disabled:hover:bg-danger-soft",
        "danger-ghost": "text-danger-ink hover:bg-danger-soft",
        link: "text-ink-soft hover:text-ink",
        "link-accent": "text-accent-ink hover:text-accent-strong",
      },
      size: {
        sm: "h-7 px-2.5 text-sm max-md:h-touch",
        md: "h-control px-3 text-ui max-md:h-touch max-md:px-4",
        lg: "h-control-lg px-4 text-md max-md:h-touch",
        touch: "h-touch px-4 text-md",
        /** Has its icon above its name. */
        tile: "min-w-0 flex-col px-3 py-2.5 text-xs",
        /** No padding, for buttons that look like links. */
        text: "h-6 text-sm max-md:h-touch max-md:px-1",
      },
      block: { true: "w-full" },
    },
    defaultVariants: { variant: "secondary" },
  },
);
