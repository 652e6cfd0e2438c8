"use client";
import { placeOf } from "@/components/profile/local-time";
import { Button } from "@/components/ui/button";
import { CountedInput, tooLong } from "@/components/ui/counted-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useCall } from "@/lib/client/hooks/use-call";
import { useNow } from "@/lib/client/hooks/use-now";
import { limits } from "@/lib/contract/limits";
import type { Person } from "@/lib/contract/person";
import { SettingsSection } from "./page";
import { ProfilePicture } from "./profile-picture";
import { roleNames } from "./role-names";
import { SettingsForm } from "./settings-form";

/** My profile, which others see: picture, name, handle, title, pronouns and time zone. */
export function ProfileForm({ me, email }: { me: Person; email: string | null }) {
  const call = useCall();
  const { name, handle, title, pronouns, timeZone } = me;
  return (
    <SettingsForm
      saved={{ name, handle, title, pronouns, timeZone }}
      save={(changes) => call("person.update", changes)}
    >
      {({ values, set, errors }) => (
        <SettingsSection title="Profile" description="People in your organization can see it.">
          <div className="flex min-w-0 items-center gap-6 pb-2">
            <ProfilePicture me={me} />
            <dl className="grid min-w-0 flex-1 grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-ui [&>dd]:wrap-anywhere [&>dt]:text-ink-faint">
              {email && (
                <>
                  <dt>Email</dt>
                  <dd>{email}</dd>
                </>
              )}
              <dt>Role</dt>
              <dd>{roleNames[me.role]}</dd>
            </dl>
          </div>
          <Field label="Name" error={errors.name} required>
            <Input
              value={values.name}
              maxLength={limits.name}
              autoComplete="name"
              dir="auto"
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Field
            label="Handle"
            hint="People mention you with an @ before it. Your earlier ones stay reserved for you."
            error={errors.handle}
            required
          >
            <Input
              value={values.handle}
              maxLength={limits.handle}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              dir="auto"
              onChange={(event) => set({ handle: event.target.value })}
            />
          </Field>
          <Field
            label="Title"
            hint="What you do, such as “Site reliability”."
            error={tooLong(values.title, limits.title) ?? errors.title}
          >
            <CountedInput
              value={values.title}
              limit={limits.title}
              autoComplete="organization-title"
              dir="auto"
              onChange={(event) => set({ title: event.target.value })}
            />
          </Field>
          <Field label="Pronouns" error={tooLong(values.pronouns, limits.pronouns) ?? errors.pronouns}>
            <CountedInput
              value={values.pronouns}
              limit={limits.pronouns}
              autoComplete="off"
              dir="auto"
              onChange={(event) => set({ pronouns: event.target.value })}
            />
          </Field>
          <TimeZoneField value={values.timeZone} error={errors.timeZone} onChange={(next) => set({ timeZone: next })} />
        </SettingsSection>
      )}
    </SettingsForm>
  );
}

type TimeZoneFieldProps = {
  value: string | null;
  error: string | undefined;
  onChange: (timeZone: string | null) => void;
};

function TimeZoneField({ value, error, onChange }: TimeZoneFieldProps) {
  // Only in the browser: the server has neither the viewer's time zone nor the list of zones that their browser supports.
  const own = useNow(({ formats }) => formats.time.resolvedOptions().timeZone);
  const zones = own === undefined ? [] : Intl.supportedValuesOf("timeZone");
  const listed = value === null || zones.includes(value) ? zones : [value, ...zones];
  return (
    <Field
      label="Time zone"
      hint="Others see what time it is where you are."
      error={error}
      action={
        own &&
        own !== value && (
          <Button variant="link-accent" onClick={() => onChange(own)}>
            Use {placeOf(own)}
          </Button>
        )
      }
    >
      <Select
        value={value ?? ""}
        options={[
          { value: "", label: "Not shown" },
          ...listed.map((zone) => ({ value: zone, label: zoneLabel(zone) })),
        ]}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </Field>
  );
}

const zoneLabel = (zone: string) => zone.replaceAll("_", " ");
