"use client";
import type { ComponentProps, MouseEvent } from "react";
import { go } from "./place";

/** A link inside the chat. A plain click opens the place without a request; a new tab or copying the address works as usual. */
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
