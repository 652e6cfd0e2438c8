import { LogSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return <LogSkeleton className="mt-auto flex-1" />;
}
