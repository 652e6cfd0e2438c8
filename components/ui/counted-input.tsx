"use client";
import { cn } from "./cn";
import { Input, type InputProps } from "./input";

/** What is wrong with a text that is too long, as the server says it. */
export const tooLong = (text: string, limit: number): string | undefined =>
  text.length > limit ? `At most ${limit} characters.` : undefined;

type CountedInputProps = Omit<InputProps, "trailing" | "maxLength"> & { value: string; limit: number };

/**
 * An input that shows how many characters are typed of how many. It takes more of them, so that nothing that is pasted is cut
 * unnoticed. The field shows `tooLong`.
 */
export function CountedInput({ limit, ...props }: CountedInputProps) {
  const { length } = props.value;
  return (
    <Input
      {...props}
      trailing={
        <span
          aria-hidden
          className={cn("flex-none text-xs tabular-nums", length > limit ? "text-danger-ink" : "text-ink-faint")}
        >
          {length} / {limit}
        </span>
      }
    />
  );
}
