import { CloudAlert, RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

/** A list that could not be fetched: what happened, and again. */
export function LoadError({ title, message, onRetry }: { title: string; message: string; onRetry: () => void }) {
  return (
    <Empty
      icon={<CloudAlert />}
      title={title}
      actions={
        <Button icon={<RotateCw aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {message}
    </Empty>
  );
}
