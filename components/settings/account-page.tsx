import type { Home } from "@/lib/contract/home";
import { Appearance } from "./appearance";
import { BlockedPeopleLater } from "./blocked-people-later";
import { MessageLayoutChoice } from "./message-layout";
import { SettingsPage, SettingsSection } from "./page";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { Sessions } from "./sessions";

type AccountPageProps = Pick<Home, "me" | "email" | "preferences"> & {
  /** The tick of the people whom the viewer blocks. */
  blocksTick: number;
};

export function AccountPage({ me, email, preferences, blocksTick }: AccountPageProps) {
  return (
    <SettingsPage title="Account" description="Your profile and how you sign in." narrow>
      <ProfileForm me={me} email={email} />
      <SettingsSection title="Appearance" description="For this browser only.">
        <Appearance />
      </SettingsSection>
      <SettingsSection title="Messages" description="On all your devices.">
        <MessageLayoutChoice preferences={preferences} />
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
      <SettingsSection
        title="Blocked people"
        description="Only you can see this. Their messages are collapsed and don't count as unread."
      >
        <BlockedPeopleLater tick={blocksTick} />
      </SettingsSection>
    </SettingsPage>
  );
}
