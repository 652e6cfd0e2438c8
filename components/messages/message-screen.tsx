"use client";
import { ChevronLeft, CloudAlert, MessageCircleQuestionMark, RotateCw } from "lucide-react";
import { useEffect } from "react";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, replacePlace, usePaths } from "@/components/shell/place";
import { Button, IconButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LogSkeleton } from "@/components/ui/skeleton";
import { useQuery } from "@/lib/client/hooks/use-query";

/**
 * The page that a link to a message opens. It goes on to the message in its room, or in its thread. A message that does not exist, and one that the
 * viewer may not see, get the same text.
 */
export default function MessageScreen({ messageId }: { messageId: string }) {
  const paths = usePaths();
  const { data, error, reload } = useQuery({ messageIds: [messageId] }, (call, input) => call("message.lookUp", input));
  const message = data?.messages[0];
  useEffect(() => {
    if (message) replacePlace(paths.messageIn(message));
  }, [message, paths]);
  const isMissing = (data && !message) || error?.code === "invalid_input";
  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h1 className="sr-only">Message</h1>
      </Bar>
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden pt-bar">
        {isMissing ? (
          <Empty
            icon={<MessageCircleQuestionMark />}
            title="You can't see this message"
            actions={<Button onClick={() => openPlace(paths.browse)}>Browse rooms</Button>}
          >
            It may be in a room that you're not in, or no longer exist. Ask whoever gave you the link.
          </Empty>
        ) : error ? (
          <Empty
            icon={<CloudAlert />}
            title="Couldn't load this message"
            actions={
              <Button variant="primary" icon={<RotateCw aria-hidden />} onClick={reload}>
                Try again
              </Button>
            }
          >
            {error.message}
          </Empty>
        ) : (
          <LogSkeleton label="Loading the message" className="mt-auto" />
        )}
      </div>
    </Pane>
  );
}
