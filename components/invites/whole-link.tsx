"use client";
import { cn } from "@/components/ui/cn";
import { useFieldControl } from "@/components/ui/field";

type WholeLinkProps = {
  link: string;
  /** The accessible name, if there is no <Field> that names it. */
  label?: string;
  /** Whether it is shown without a border. */
  bare?: boolean;
};

/**
 * A whole link, wrapped over several lines. People see what they share and can copy it by hand. It is a text field, so that the
 * keyboard reaches it.
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
