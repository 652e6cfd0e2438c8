"use client";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useCall } from "@/lib/client/hooks/use-call";
import type { Organization } from "@/lib/contract/organization-settings";
import { SettingsPage, SettingsSection } from "./page";
import { SettingsForm } from "./settings-form";

const hours: readonly [number, string][] = [
  [1, "1 hour"],
  [4, "4 hours"],
  [12, "12 hours"],
  [24, "1 day"],
  [72, "3 days"],
  [168, "7 days"],
  [336, "14 days"],
  [720, "30 days"],
  [2_160, "90 days"],
];

/** The options of a select. Includes the current value even if it is not in the list: an API client may have set it. */
function optionsFor(current: number) {
  const isKnown = hours.some(([value]) => value === current);
  const all = isKnown ? hours : [...hours, [current, `${current} hours`] as const].toSorted(([a], [b]) => a - b);
  return all.map(([value, label]) => ({ value: String(value), label }));
}

/** How long a login may be idle before it ends. */
export function SecurityPage({ organization }: { organization: Organization }) {
  const call = useCall();
  const { idleHours, adminIdleHours } = organization;
  return (
    <SettingsPage
      title="Security"
      organizationName={organization.name}
      description="How long people stay signed in."
      narrow
    >
      <SettingsForm saved={{ idleHours, adminIdleHours }} save={(changes) => call("organization.update", changes)}>
        {({ values, set, errors }) => (
          <SettingsSection
            title="Unused logins"
            description="A login that isn't used for this long ends. A shorter time holds at once, for logins that exist too."
          >
            <Field label="Members and guests" error={errors.idleHours}>
              <Select
                options={optionsFor(values.idleHours)}
                value={String(values.idleHours)}
                onChange={(event) => set({ idleHours: Number(event.target.value) })}
              />
            </Field>
            <Field
              label="Owners and admins"
              hint="Their logins also end 12 hours after they signed in, however much they are used."
              error={errors.adminIdleHours}
            >
              <Select
                options={optionsFor(values.adminIdleHours)}
                value={String(values.adminIdleHours)}
                onChange={(event) => set({ adminIdleHours: Number(event.target.value) })}
              />
            </Field>
          </SettingsSection>
        )}
      </SettingsForm>
    </SettingsPage>
  );
}
