"use client";
import { ChevronLeft, CloudAlert, MailCheck, MessagesSquare, RotateCw } from "lucide-react";
import { useState } from "react";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, replacePlace, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadMore } from "@/components/ui/load-more";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { ListSkeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { useParley } from "@/lib/client/hooks/use-parley";
import { useUnreadThreadIds } from "@/lib/client/hooks/use-threads";
import { markAllThreadsRead } from "@/lib/client/thread-reading";
import type { ThreadSort } from "@/lib/contract/thread";
import ThreadPanel from "./thread-panel";
import { ThreadRow } from "./thread-row";
import { type Threads, useThreadList } from "./use-thread-list";

type Open = { roomId: string; threadId: string } | null;
type Shown = "all" | "unread" | "titled" | "started" | "resolved";

const options = [
  { value: "all", label: "All" },
  { value: "unread", label: "Unread" },
  { value: "titled", label: "With a title" },
  { value: "started", label: "Started by you" },
  { value: "resolved", label: "Resolved" },
] as const;

const sorts: { value: ThreadSort; label: string }[] = [
  { value: "newest", label: "Newest reply" },
  { value: "oldest", label: "Oldest reply" },
];

/** The page of the threads that the viewer follows, with one of them beside it. */
export default function ThreadsScreen({ open }: { open: Open }) {
  const paths = usePaths();
  const [shown, setShown] = useState<Shown>("all");
  const [sort, setSort] = useState<ThreadSort>("newest");
  const isOther = shown !== "all" && shown !== "unread";
  const unread = useThreadList("unread", sort, !isOther);
  const read = useThreadList("read", sort, shown === "all");
  const other = useThreadList(isOther ? shown : "started", sort, isOther);
  const title = options.find(({ value }) => value === shown)?.label ?? "";
  const lists = isOther ? { [title]: other } : { Unread: unread, ...(shown === "all" && { Following: read }) };
  const all = Object.values(lists);
  const failed = all.find(({ status }) => status === "error");
  const isLoading = all.some(({ status }) => status === "loading");
  return (
    <>
      <Pane>
        <Bar>
          <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
            <ChevronLeft aria-hidden className="size-[22px]!" />
          </IconButton>
          <MessagesSquare aria-hidden className="size-[18px] max-md:hidden" />
          <h1 className="me-auto text-md tracking-name md:ms-1">Threads</h1>
          <MarkAllRead />
        </Bar>
        <ConnectionBanner />
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-[calc(var(--spacing-bar)+12px)] pb-10 max-md:px-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Segmented
              label="Show"
              options={options}
              value={shown}
              onChange={setShown}
              className="max-w-full flex-wrap"
            />
            <Select
              aria-label="Sort threads"
              options={sorts}
              value={sort}
              onChange={(event) => setSort(event.target.value as ThreadSort)}
            />
          </div>
          {failed?.error ? (
            <Empty
              icon={<CloudAlert />}
              title="Couldn't load your threads"
              actions={
                <Button variant="primary" icon={<RotateCw aria-hidden />} onClick={failed.reload}>
                  Try again
                </Button>
              }
            >
              {failed.error.message}
            </Empty>
          ) : isLoading ? (
            <ListSkeleton label="Loading threads" />
          ) : all.every(({ rows }) => rows.length === 0) ? (
            <Empty icon={<MessagesSquare />} title={shown === "unread" ? "Nothing unread" : "No threads"}>
              Threads that you write in or follow appear here.
            </Empty>
          ) : (
            Object.entries(lists).map(([name, list]) => <Section key={name} title={name} list={list} open={open} />)
          )}
        </div>
      </Pane>
      {open && (
        <ThreadPanel
          key={open.threadId}
          roomId={open.roomId}
          threadId={open.threadId}
          onClose={() => replacePlace(paths.threads)}
        />
      )}
    </>
  );
}

/** Stays in its place while nothing is unread, so that nothing moves. */
function MarkAllRead() {
  const parley = useParley();
  const count = useUnreadThreadIds().length;
  const marking = useMutation(
    () => markAllThreadsRead(parley),
    (error) => toast.error(error.message, { id: "threads-read" }),
  );
  return (
    <Button
      variant="ghost"
      icon={<MailCheck aria-hidden />}
      aria-disabled={count === 0 || marking.isPending || undefined}
      onClick={() => count > 0 && void marking.run()}
    >
      Mark all read
    </Button>
  );
}

function Section({ title, list, open }: { title: string; list: Threads; open: Open }) {
  if (list.rows.length === 0) return null;
  return (
    <section className="mt-5">
      <h2 className="px-2 pb-1 text-xs font-medium text-ink-faint">{title}</h2>
      <ul>
        {list.rows.map((thread) => (
          <ThreadRow key={thread.id} thread={thread} isOpen={thread.id === open?.threadId} />
        ))}
      </ul>
      <LoadMore list={list} />
    </section>
  );
}
