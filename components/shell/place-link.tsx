"use client";
import type { ComponentProps, MouseEvent } from "react";
import { openPlace } from "./place";

/** A link inside the chat. A plain click opens the place without a request. A new tab and copying the link work as usual. */
export function PlaceLink({ href, onClick, children, ...props }: ComponentProps<"a"> & { href: string }) {
  function openInPlace(event: MouseEvent<HTMLAnchorElement>) {
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
    openPlace(href);
  }
  return (
    <a href={href} onClick={openInPlace} {...props}>
      {children}
    </a>
  );
}
