"use client";
import { useState } from "react";
import { ChoiceCards } from "@/components/ui/choices";
import { toast } from "@/components/ui/toast";
import { useCall } from "@/lib/client/hooks/use-call";
import { useChoice } from "@/lib/client/hooks/use-mutation";
import type { MessageLayout, Preferences } from "@/lib/contract/preferences";

const layouts: readonly { value: MessageLayout; label: string; hint: string }[] = [
  { value: "byKind", label: "Rows and bubbles", hint: "Rows in rooms, bubbles in direct messages." },
  { value: "rows", label: "Rows", hint: "Everywhere, one below the other." },
  { value: "bubbles", label: "Bubbles", hint: "Everywhere. Yours are on the other side, in colour." },
];

/** The choice of how messages are shown. It takes effect on all my devices at once, so there is no Save button. */
export function MessageLayoutChoice({ preferences }: { preferences: Preferences }) {
  const call = useCall();
  const [saved, setSaved] = useState(preferences);
  // Another of my devices may have changed them since.
  const { messageLayout } = preferences.tick > saved.tick ? preferences : saved;
  const choice = useChoice(
    messageLayout,
    async (next) => setSaved(await call("preferences.update", { messageLayout: next })),
    (error) => toast.error(error.message),
  );
  return <ChoiceCards legend="Layout" hideLegend options={layouts} value={choice.value} onChange={choice.choose} />;
}
