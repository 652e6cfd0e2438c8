"use client";
import { cn } from "@/components/ui/cn";
import { useFieldControl } from "@/components/ui/field";

type WholeLinkProps = {
  link: string /** Where no <Field> names it. */;
  label?: string /** Without an edge of its own. */;
  bare?: boolean;
};

/**
 * A link to hand on, all of it: broken over lines and never cut off, so that one sees what is sent and can copy it by hand.
 * A field, so that the keyboard reaches it.
 */
export function WholeLink({ link, label, bare }: WholeLinkProps) {
  const { required: _, ...control } = useFieldControl();
  return (
    <textarea
      readOnly
      rows={2}
      spellCheck={false}
      aria-label={label}
      value={link}
      onFocus={(event) => event.target.select()}
      className={cn(
        "block w-full min-w-0 resize-none font-mono text-sm break-all outline-none field-sizing-content max-md:text-touch",
        bare ? "rounded-sm bg-transparent focus-visible:bg-hover" : "field-edge bg-surface-sunken! px-3 py-2",
      )}
      {...control}
    />
  );
}
