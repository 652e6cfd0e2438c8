"use client";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { createHttpCall } from "@/lib/client/http";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { pathsOf } from "@/lib/contract/paths";
import { openPage } from "./open-page";
import { SignOutButton } from "./sign-out-button";

/** Lets a signed-in person join with their account. `handle` is that of an organization they are already in. */
export function JoinSignedIn({ token, name, handle }: { token: string; name: string; handle: string }) {
  const joining = useMutation(async () => {
    // The page is outside every organization, so the organization of the request is set here.
    const call = createHttpCall({ baseUrl: "", fetch: (url, init) => fetch(url, init), organization: () => handle });
    const joined = await call("invite.join", { token });
    await openPage(pathsOf(joined.handle).home);
  });
  return (
    <>
      <p className="mb-5 text-ui text-ink-soft wrap-anywhere">
        You're signed in as <b className="font-semibold text-ink">{name}</b>. You can switch between organizations any
        time.
      </p>
      {joining.error && (
        <Banner tone="danger" className="mb-4 rounded-control">
          {joining.error.message}
        </Banner>
      )}
      <div className="grid grid-cols-1 gap-2">
        <Button variant="primary" size="touch" block busy={joining.isPending} onClick={() => void joining.run()}>
          <span className="truncate">Join as {name}</span>
        </Button>
        <SignOutButton stay size="touch" variant="ghost" block>
          Use another account
        </SignOutButton>
      </div>
    </>
  );
}
