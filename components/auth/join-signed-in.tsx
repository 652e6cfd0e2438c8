import Link from "next/link";
import { Button } from "@/components/ui/button";
import { SignOutButton } from "./sign-out-button";

/** Replaces the form of an invite if somebody is signed in, because an invite creates a new account. */
export function JoinSignedIn({ name }: { name: string }) {
  return (
    <>
      <p className="mb-5 text-ui text-ink-soft wrap-anywhere">
        You're already signed in as <b className="font-semibold text-ink">{name}</b>. To create another account with
        this link, sign out first.
      </p>
      <div className="grid gap-2">
        <Button asChild variant="primary" size="touch" block>
          <Link href="/">Open Parley</Link>
        </Button>
        <SignOutButton stay size="touch" variant="ghost" block>
          Sign out
        </SignOutButton>
      </div>
    </>
  );
}
