import { CloudAlert, RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

/** Shown instead of a list that could not be loaded: the error and a button to try again. */
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
