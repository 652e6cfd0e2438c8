"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A link to hand on, and the button that copies it. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const [copied, setCopied] = useState<boolean>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Browsers refuse outside https; the text is selected and can be copied by hand.
      setCopied(false);
    }
  }
  return (
    <Field
      label={label}
      hint={copied === false ? "This browser does not let us copy. Select the link and copy it yourself." : hint}
    >
      <div className="flex gap-2">
        <Input
          value={value}
          readOnly
          className="flex-1 font-mono text-sm!"
          onFocus={(event) => event.target.select()}
        />
        <Button
          variant="primary"
          className="h-9!"
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          onClick={copy}
          autoFocus
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
    </Field>
  );
}
