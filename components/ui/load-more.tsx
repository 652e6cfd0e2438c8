"use client";
import type { ReactNode } from "react";
import { Button } from "./button";

type LoadMoreProps = {
  list: { hasMore: boolean; isLoadingMore: boolean; error: Error | null; loadMore: () => Promise<void> };
  className?: string;
  children?: ReactNode;
};

/** The button at the end of a list that loads the next page. */
export function LoadMore({ list, className, children = "Show more" }: LoadMoreProps) {
  if (!list.hasMore) return null;
  const load = () => list.loadMore().catch(() => {}); // the error is in `list`
  return (
    <div className={className}>
      {list.error && (
        <p role="status" className="pb-1 text-center text-sm text-danger-ink">
          {list.error.message}
        </p>
      )}
      <Button variant="ghost" block busy={list.isLoadingMore} onClick={() => void load()}>
        {children}
      </Button>
    </div>
  );
}
