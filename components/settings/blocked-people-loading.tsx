import { ListSkeleton } from "@/components/ui/skeleton";

export function BlockedPeopleLoading() {
  return <ListSkeleton rows={2} label="Loading the people you blocked" />;
}
