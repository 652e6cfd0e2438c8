"use client";
import type { ComponentProps } from "react";

/** A setting that takes effect at once. It needs an aria-label or a label around it. */
export function Switch(props: Omit<ComponentProps<"input">, "type" | "role" | "className">) {
  return (
    <span className="inline-grid flex-none place-items-center max-md:size-touch">
      <input type="checkbox" role="switch" className="switch-track cursor-pointer disabled:cursor-default" {...props} />
    </span>
  );
}
