import type { Person } from "@/lib/contract/person";
import { Appearance } from "./appearance";
import { SettingsPage, SettingsSection } from "./page";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { Sessions } from "./sessions";

export function AccountPage({ me, email }: { me: Person; email: string | null }) {
  return (
    <SettingsPage title="Account" description="Your profile and how you sign in." narrow>
      <ProfileForm me={me} email={email} />
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
