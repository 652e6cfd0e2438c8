"use client";
import type { ComponentProps, MouseEvent } from "react";
import { go } from "./place";

/** A link inside the chat: at once on a plain click, a real link for everything else (a new tab, copying the address). */
export function PlaceLink({ href, onClick, children, ...props }: ComponentProps<"a"> & { href: string }) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    go(href);
  }
  return (
    <a href={href} onClick={follow} {...props}>
      {children}
    </a>
  );
}
