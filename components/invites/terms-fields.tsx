"use client";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { lifeOptions, usesOptions } from "./terms";

/** The chosen options: a `value` of `usesOptions` and one of `lifeOptions`. */
export interface ChosenTerms {
  uses: string;
  life: string;
}

type TermsFieldsProps = ChosenTerms & {
  /** Whether only one person can use the invite. Then the field for the number of people is hidden. */
  isForOne?: boolean;
  onChoose: (chosen: ChosenTerms) => void;
  errors?: Partial<Record<"maxUses" | "expiresInSeconds", string>>;
};

/** The fields for how many people can use an invite link, and for how long. */
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
