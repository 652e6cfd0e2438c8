"use client";
import { FilePenLine } from "lucide-react";
import { PageLink } from "@/components/shell/page-link";
import { usePaths } from "@/components/shell/place";

/** The link to my drafts in the sidebar, with their number. */
export default function DraftsLink({ count, current }: { count: number; current: boolean }) {
  return (
    <PageLink href={usePaths().drafts} icon={<FilePenLine aria-hidden />} current={current}>
      <span className="flex-1">Drafts</span>
      {count > 0 && <span className="text-xs text-ink-faint tabular-nums">{count}</span>}
    </PageLink>
  );
}
