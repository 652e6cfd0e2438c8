"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Badge } from "./badge";
import { cn } from "./cn";

type Tab<Value extends string> = { value: Value; label: string; count?: number };
type TabsProps<Value extends string> = {
  /** What is being switched between, for screen readers. */
  label: string;
  tabs: readonly Tab<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
  /** One <TabPanel> per tab. */
  children: ReactNode;
};

export function Tabs<Value extends string>({ label, tabs, value, onChange, className, children }: TabsProps<Value>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} className={className}>
      <Radix.List aria-label={label} className="scrollbar-none flex gap-5 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="relative inline-flex h-10 flex-none items-center gap-[7px] text-ui font-medium text-ink-faint -outline-offset-2 transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-t-full hover:text-ink data-[state=active]:text-ink data-[state=active]:after:bg-accent max-md:h-touch"
          >
            {tab.label}
            {tab.count !== undefined && <Badge count={tab.count} />}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className={cn("outline-none", className)}>
      {children}
    </Radix.Content>
  );
}
