"use client";
import { CloudAlert, RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Empty
      icon={<CloudAlert />}
      title="This could not be shown"
      heading="h1"
      actions={
        <Button variant="primary" icon={<RotateCw aria-hidden />} onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong in this window. What you have written is safe.
      {error.digest && ` If it goes on, tell an admin code ${error.digest}.`}
    </Empty>
  );
}
