import type { Person } from "@/lib/contract/person";
import { Appearance } from "./appearance";
import { SettingsPage, SettingsSection } from "./page";
import { PasswordForm } from "./password-form";
import { ProfilePicture } from "./profile-picture";
import { roleNames } from "./role-names";
import { Sessions } from "./sessions";

export function AccountPage({ me, email }: { me: Person; email: string | null }) {
  return (
    <SettingsPage title="Account" description="Your profile and how you sign in." narrow>
      <SettingsSection title="Profile" description="Everyone can see your name, handle and picture.">
        <div className="flex min-w-0 items-center gap-6">
          <ProfilePicture me={me} />
          <dl className="grid min-w-0 flex-1 grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-ui [&>dd]:wrap-anywhere [&>dt]:text-ink-faint">
            <dt>Name</dt>
            <dd className="font-medium">{me.name}</dd>
            <dt>Handle</dt>
            <dd>@{me.handle}</dd>
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
      </SettingsSection>
      <SettingsSection title="Appearance" description="For this browser only.">
        <Appearance />
      </SettingsSection>
      <SettingsSection title="Password" description="Changing it signs you out everywhere else.">
        <PasswordForm email={email} />
      </SettingsSection>
      <SettingsSection
        title="Where you're signed in"
        description="Don't recognize one? Sign it out, then change your password."
      >
        <Sessions />
      </SettingsSection>
    </SettingsPage>
  );
}
