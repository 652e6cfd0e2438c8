"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { IconButton } from "./button";
import { cn } from "./cn";
import { useFieldControl } from "./field";

const heights = {
  sm: "h-control gap-2 px-2.5 max-md:h-touch",
  md: "h-9 gap-2 px-3 max-md:h-touch",
  lg: "h-touch gap-2 px-3 md:text-md",
};

export type InputProps = Omit<ComponentProps<"input">, "size"> & {
  size?: keyof typeof heights;
  /** Shown before the text. */
  icon?: ReactNode;
  /** Shown after the text: a unit, a key cap, an icon button. */
  trailing?: ReactNode;
};

/** A one-line text input. Outside a <Field> it needs an aria-label. `className` applies to the box around the input. */
export function Input({ size = "md", icon, trailing, className, ...props }: InputProps) {
  const control = useFieldControl();
  return (
    <span
      className={cn(
        "field-edge flex min-w-0 items-center text-ui has-disabled:opacity-55 max-md:text-touch [&>svg]:size-4 [&>svg]:text-ink-faint",
        heights[size],
        className,
      )}
    >
      {icon}
      <input
        className="h-full min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:appearance-none"
        {...control}
        {...props}
      />
      {trailing}
    </span>
  );
}

/** A password input with a button that shows the password. */
export function PasswordInput(props: Omit<InputProps, "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  return (
    <Input
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      trailing={
        <IconButton
          label={shown ? "Hide password" : "Show password"}
          tooltip={false}
          size="sm"
          faint
          className="-mr-2 max-md:-mr-3"
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff /> : <Eye />}
        </IconButton>
      }
    />
  );
}

/** A text area that grows with its text. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  const control = useFieldControl();
  return (
    <textarea
      className={cn(
        "field-edge block max-h-[40vh] min-h-17 w-full resize-none px-3 py-2 text-ui field-sizing-content disabled:opacity-55 max-md:text-touch",
        className,
      )}
      {...control}
      {...props}
    />
  );
}
