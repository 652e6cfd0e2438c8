import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our own names (app/globals.css), so that text-ui is known to be a size and text-ink a colour.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["2xs", "xs", "sm", "ui", "md", "touch", "lg", "xl", "2xl", "big"],
      radius: ["xs", "sm", "control", "toolbar", "card", "bubble", "thing"],
      shadow: ["stage", "card", "popover", "dialog"],
      "font-weight": ["normal", "medium", "strong", "semibold"],
      leading: ["body", "tight", "snug"],
      tracking: ["body", "ui", "name", "title", "display"],
    },
  },
});

/** Joins class names; of two that contradict each other the later wins. */
export function cn(...classes: ClassValue[]) {
  return merge(clsx(classes));
}
