"use client";
import { ChevronLeft, Compass, Plus, Search } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useAsker } from "@/components/people/use-asker";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { useOpenDialog } from "@/components/shell/open-dialog";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, replacePlace, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Input } from "@/components/ui/input";
import { LoadMore } from "@/components/ui/load-more";
import { Select } from "@/components/ui/select";
import { ListSkeleton } from "@/components/ui/skeleton";
import { offeredTo } from "@/components/shell/organization-offers";
import type { BrowseSort } from "@/lib/contract/room";
import { BrowseRow } from "./browse-row";
import { useBrowse } from "./use-browse";

const sorts: { value: BrowseSort; label: string }[] = [
  { value: "name", label: "By name" },
  { value: "people", label: "Most people first" },
  { value: "activity", label: "Last activity first" },
];

/** Lists and searches all rooms that I am in or may join. */
export default function BrowseScreen() {
  const asker = useAsker();
  const open = useOpenDialog();
  const [query, setQuery] = useState("");
  const paths = usePaths();
  const inAddress = useSearchParams().get("sort");
  const sort = sorts.find(({ value }) => value === inAddress)?.value ?? "name";
  const browse = useBrowse(query.trim(), sort);
  const isSearching = browse.status === "loading" || (browse.rows.length === 0 && browse.isStale && !browse.error);
  const answeredQuery = browse.answeredInput?.query;
  const mayCreate = offeredTo(asker).has("createRoom");
  const create = mayCreate && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => open({ kind: "create" })}>
      New room
    </Button>
  );

  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <Compass aria-hidden className="size-[18px] max-md:hidden" />
        <h1 className="flex-1 text-md tracking-name md:ml-1">Browse rooms</h1>
        {create}
      </Bar>
      <ConnectionBanner />
      <div className="min-h-0 flex-1 overflow-y-auto px-10 pt-[calc(var(--spacing-bar)+24px)] pb-10 max-md:px-4 max-md:pt-[calc(var(--spacing-bar)+12px)]">
        <div className="mx-auto flex min-h-full max-w-200 flex-col">
          <div className="flex flex-wrap gap-2">
            <Input
              type="search"
              aria-label="Find rooms"
              placeholder="Find rooms"
              icon={<Search aria-hidden />}
              className="min-w-50 flex-1"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            <Select
              aria-label="Sort rooms"
              options={sorts}
              value={sort}
              // Search results are ordered by best match.
              disabled={query.trim() !== ""}
              onChange={(event) => replacePlace(paths.browseBy(event.target.value))}
            />
          </div>
          {isSearching && <ListSkeleton rows={7} label="Loading rooms" className="pt-6" />}
          {browse.status === "error" && (
            <Empty
              icon={<Compass />}
              title="Couldn't load rooms"
              actions={<Button onClick={browse.reload}>Try again</Button>}
            >
              {browse.error?.message}
            </Empty>
          )}
          {browse.status === "ready" && !isSearching && browse.rows.length === 0 && (
            <Empty
              icon={<Compass />}
              title={answeredQuery ? "No rooms found" : "No rooms yet"}
              actions={
                answeredQuery && mayCreate ? (
                  <Button icon={<Plus aria-hidden />} onClick={() => open({ kind: "create", name: answeredQuery })}>
                    Create #{answeredQuery}
                  </Button>
                ) : (
                  create
                )
              }
            >
              {answeredQuery ? `No room you can join matches “${answeredQuery}”.` : "Rooms you can join show up here."}
            </Empty>
          )}
          {browse.rows.length > 0 && (
            <ul className="mt-3 divide-y divide-line">
              {browse.rows.map((found) => (
                <BrowseRow key={found.room.id} found={found} />
              ))}
            </ul>
          )}
          <LoadMore list={browse} className="mt-3" />
        </div>
      </div>
    </Pane>
  );
}
