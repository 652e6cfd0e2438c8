"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { Time } from "@/components/messages/time";
import { fullTime } from "@/components/messages/times";
import { AuditDetails } from "@/components/settings/audit-row";
import { actName } from "@/components/settings/audit-words";
import { distance } from "@/components/settings/distance";
import { IconButton } from "@/components/ui/button";
import { LoadMore } from "@/components/ui/load-more";
import { useList } from "@/lib/client/hooks/use-query";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Room } from "@/lib/contract/room";

type Names = Readonly<Record<string, string>>;

/** The room's entries in the audit log, newest first, for people who may read them. Reloads when the room changes. */
export function WhatHappened({ room }: { room: Pick<Room, "id" | "changedSeq"> }) {
  const list = useList({ roomId: room.id, changedSeq: room.changedSeq }, async (call, { roomId }, after) => {
    const { entries, names, next } = await call("audit.list", { roomId, after, limit: 20 });
    return { rows: entries.map((entry) => ({ entry, names })), next };
  });
  return (
    <>
      {list.status === "error" && <p className="text-sm text-danger-ink">{list.error?.message}</p>}
      {list.status === "ready" && list.rows.length === 0 && <p className="text-sm text-ink-faint">Nothing yet</p>}
      <ul aria-label="What happened">
        {list.rows.map(({ entry, names }) => (
          <Act key={entry.id} entry={entry} names={names} />
        ))}
      </ul>
      <LoadMore list={list} className="mt-1" />
    </>
  );
}

function Act({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { act, actorId, subject, subjectId, at, before, after } = entry;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const who = actorId === null ? "Parley" : (names[actorId] ?? "Someone");
  const whom = subject === "person" ? (names[subjectId] ?? "Someone") : null;
  const hasDetails = before !== null || after !== null || entry.hidden;
  return (
    <li className="py-1.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 leading-snug">
          <p className="text-sm wrap-anywhere">
            {actName(act)}
            {whom !== null && (
              <>
                : <bdi>{whom}</bdi>
              </>
            )}
          </p>
          <p className="text-xs text-ink-faint wrap-anywhere">
            <bdi>{who}</bdi>, <Time at={at} format={distance} />
          </p>
        </div>
        {hasDetails && (
          <IconButton
            label={`${isOpen ? "Hide" : "Show"} details of “${actName(act)}” by ${who}`}
            tooltip={false}
            size="sm"
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <ChevronDown /> : <ChevronRight />}
          </IconButton>
        )}
      </div>
      {isOpen && (
        <div id={id} className="mt-1 rounded-control bg-surface-sunken px-3 py-2">
          <AuditDetails entry={entry} names={names} />
          <Time at={at} format={fullTime} className="mt-1 block text-xs text-ink-faint tabular-nums" />
        </div>
      )}
    </li>
  );
}
