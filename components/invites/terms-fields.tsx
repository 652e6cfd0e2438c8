"use client";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { lifeOptions, usesOptions } from "./terms";

/** The values of the two fields, each one of its options. */
export interface ChosenTerms {
  uses: string;
  life: string;
}

type TermsFieldsProps = ChosenTerms & {
  /** Only one person can use it, so only the other field is shown. */
  isForOne?: boolean;
  onChoose: (chosen: ChosenTerms) => void;
  errors?: Partial<Record<"maxUses" | "expiresInSeconds", string>>;
};

/** How many people an invite link lets in, and for how long. */
export function TermsFields({ uses, life, isForOne, onChoose, errors }: TermsFieldsProps) {
  return (
    <>
      {!isForOne && (
        <Field label="How many people can use it" error={errors?.maxUses}>
          <Select
            name="maxUses"
            options={usesOptions}
            value={uses}
            autoFocus
            onChange={(event) => onChoose({ uses: event.target.value, life })}
          />
        </Field>
      )}
      <Field label="Expires" error={errors?.expiresInSeconds}>
        <Select
          name="expiresInSeconds"
          options={lifeOptions}
          value={life}
          onChange={(event) => onChoose({ uses, life: event.target.value })}
        />
      </Field>
    </>
  );
}
