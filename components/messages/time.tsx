"use client";
import { useNow } from "@/lib/client/hooks/use-now";
import { fullTime, type TimeFormat } from "./times";

type TimeProps = { at: string; format: TimeFormat; id?: string; className?: string };

/** A time in the reader's time zone and language, updated while it is shown. Hovering shows the full date and time. */
export function Time({ at, format, id, className }: TimeProps) {
  const date = new Date(at);
  const words = useNow((now) => format(date, now));
  const formats = useNow((now) => now.formats);
  return (
    <time id={id} dateTime={at} title={formats && fullTime(date, { date, formats })} className={className}>
      {words}
    </time>
  );
}
