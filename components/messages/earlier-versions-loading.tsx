import { Spinner } from "@/components/ui/spinner";

export function EarlierVersionsLoading() {
  return (
    <p role="status" className="flex items-center gap-2.5 p-3 text-sm text-ink-faint">
      <Spinner /> Loading earlier versions
    </p>
  );
}
