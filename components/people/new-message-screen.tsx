"use client";
import { ChevronLeft, X } from "lucide-react";
import { ConnectionBanner } from "@/components/shell/connection-banner";
import { Bar, Pane } from "@/components/shell/frame";
import { openPlace, usePaths } from "@/components/shell/place";
import { Banner } from "@/components/ui/banner";
import { IconButton } from "@/components/ui/button";
import { useParley } from "@/lib/client/hooks/use-parley";
import { conversationPlace } from "@/lib/client/stores/outbox";
import { limits } from "@/lib/contract/limits";
import { ExistingConversation } from "./existing-conversation";
import { FirstMessage } from "./first-message";
import { addText } from "./first-message-text";
import { RecipientsField } from "./recipients-field";
import { UnsentFirstMessages } from "./unsent-first-messages";
import { useRecipients } from "./use-recipients";
import { useShowOpened } from "./use-show-opened";
import { useSendToPeople, useStartConversation } from "./use-start-conversation";

/** Chooses the people to write to. Adding people to those of a conversation starts another one. */
export default function NewMessageScreen() {
  const paths = usePaths();
  const { texts } = useParley();
  const recipients = useRecipients();
  const { ids, people, adding } = recipients;
  const isAdding = adding > 0;
  const start = useStartConversation();
  const send = useSendToPeople();
  useShowOpened(conversationPlace(ids));
  const open = (personIds: string[]) => {
    if (!start.isPending) void start.run(personIds);
  };

  return (
    <Pane>
      <Bar>
        <IconButton label="Back to rooms" tooltip={false} className="md:hidden" onClick={() => openPlace(paths.home)}>
          <ChevronLeft aria-hidden className="size-[22px]!" />
        </IconButton>
        <h1 className="flex-1 text-md tracking-name">{isAdding ? "Add people" : "New message"}</h1>
        <IconButton label="Close" className="max-md:hidden" onClick={() => openPlace(paths.home)}>
          <X aria-hidden />
        </IconButton>
      </Bar>
      <div className="mt-bar flex-none">
        <ConnectionBanner className="" />
      </div>
      <RecipientsField recipients={recipients} onOpen={open}>
        <p className="px-5 pt-2.5 text-sm text-ink-soft max-md:px-4">
          {isAdding
            ? "This starts another conversation. What was said so far stays where it is."
            : `Choose up to ${limits.directOthers} people. Only they can see it.`}
        </p>
        {start.error && (
          <Banner tone="danger" className="mx-5 mt-2.5 rounded-control max-md:mx-4">
            {start.error.message}
          </Banner>
        )}
      </RecipientsField>
      <UnsentFirstMessages
        personIds={ids}
        onEdit={(personIds, body) => {
          addText(texts, conversationPlace(personIds), body);
          openPlace(paths.newMessageTo(personIds));
        }}
      />
      {ids.length > 0 && (
        <>
          <ExistingConversation people={people} onOpen={() => open(ids)} />
          <FirstMessage
            people={people}
            busy={start.isPending}
            isIncomplete={isAdding && ids.length <= adding}
            onOpen={() => open(ids)}
            onSend={(body) => send(ids, body)}
          />
        </>
      )}
    </Pane>
  );
}
