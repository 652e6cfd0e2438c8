import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Logo } from "./logo";
import { SetupSteps } from "@/components/setup/steps";

type GateProps = {
  title: ReactNode;
  /** Below the title: the server's address, or one sentence. */
  lead?: ReactNode;
  /** The organization's picture, instead of Parley's logo. */
  mark?: ReactNode;
  /** Below the card: a link for people who are on the wrong page. */
  foot?: ReactNode;
  children: ReactNode;
};

/** The frame of the pages before the chat, such as sign-in, an invite or a password reset: one card in the middle of the page. */
export function Gate({ title, lead, mark, foot, children }: GateProps) {
  return (
    <main className="grid min-h-dvh place-items-center p-8 max-md:place-items-start max-md:px-4 max-md:py-10">
      <div className="mx-auto w-full max-w-100">
        <header className="mb-7 text-center">
          <div className="mb-[18px] flex justify-center">{mark ?? <Logo className="size-12 shadow-popover" />}</div>
          <h1 className="text-2xl tracking-display wrap-anywhere">{title}</h1>
          {lead && <p className="mt-1.5 text-ink-soft wrap-anywhere">{lead}</p>}
        </header>
        <GateCard className="p-7 max-md:p-5">{children}</GateCard>
        {foot && <div className="mt-5 text-center text-sm text-ink-faint">{foot}</div>}
      </div>
    </main>
  );
}

function GateCard({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("min-w-0 rounded-bubble bg-surface shadow-popover", className)}>{children}</div>;
}

type SetupGateProps = {
  title: ReactNode;
  lead: ReactNode;
  /** All steps, in order. Those before the current one are done. */
  steps: readonly { label: string; hint?: ReactNode }[];
  /** The index of the current step. */
  current: number;
  /** The title of the current step and one sentence about it. */
  heading: ReactNode;
  description: ReactNode;
  children: ReactNode;
};

/** The frame of the set-up: the list of steps beside the card of the current step. On phones the list is above the card. */
export function SetupGate({ title, lead, steps, current, heading, description, children }: SetupGateProps) {
  return (
    <main className="grid min-h-dvh place-items-center p-10 max-md:place-items-start max-md:px-4 max-md:py-6">
      <div className="grid w-full max-w-[1000px] items-start gap-6 lg:grid-cols-[320px_minmax(0,1fr)] lg:gap-16">
        <div className="min-w-0 lg:pt-7">
          <div className="mb-9 flex items-center gap-3 text-lg font-semibold tracking-title max-lg:mb-5">
            <Logo />
            Parley
          </div>
          <h1 className="max-w-60 text-balance text-2xl tracking-display max-lg:max-w-none">{title}</h1>
          <p className="mt-2.5 text-ink-soft">{lead}</p>
          <SetupSteps steps={steps} current={current} />
        </div>
        <GateCard className="px-8 pt-7 pb-6 max-md:px-5 max-md:pt-5">
          <p className="text-xs font-medium tabular-nums text-ink-faint">
            Step {current + 1} of {steps.length}
          </p>
          <h2 className="mt-1 text-xl tracking-display">{heading}</h2>
          <p className="mt-1 mb-5 text-ui text-pretty text-ink-soft">{description}</p>
          {children}
        </GateCard>
      </div>
    </main>
  );
}
