"use client";
import { useInBrowser } from "@/components/shell/use-media";
import { fullTime } from "./times";

type TimeProps = { at: string; format: (at: Date) => string; id?: string; className?: string };

/** A time by the person's own clock and habits; the whole of it on hover. The server does not know either, and leaves it out. */
export function Time({ at, format, id, className }: TimeProps) {
  const known = useInBrowser();
  const date = new Date(at);
  return (
    <time id={id} dateTime={at} title={known ? fullTime(date) : undefined} className={className}>
      {known && format(date)}
    </time>
  );
}
