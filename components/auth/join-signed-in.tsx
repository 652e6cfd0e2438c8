"use client";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { createHttpCall } from "@/lib/client/http";
import { useMutation } from "@/lib/client/hooks/use-mutation";
import { pathsOf } from "@/lib/contract/paths";
import { openPage } from "./open-page";
import { SignOutButton } from "./sign-out-button";

type JoinSignedInProps = {
  token: string;
  name: string;
  /** The handle of an organization that they are already in. */
  handle: string;
  /** Why their account can't join, and what to do. Null if it can. */
  obstacle: string | null;
};

/** Lets a signed-in person join with their account, or says why it can't. */
export function JoinSignedIn({ token, name, handle, obstacle }: JoinSignedInProps) {
  const joining = useMutation(async () => {
    // The page is outside every organization, so the organization of the request is set here.
    const call = createHttpCall({ baseUrl: "", fetch: (url, init) => fetch(url, init), organization: () => handle });
    const joined = await call("invite.join", { token });
    await openPage(pathsOf(joined.handle).home);
  });
  const problem = obstacle ?? joining.error?.message;
  return (
    <>
      <p className="mb-5 text-ui text-ink-soft wrap-anywhere">
        You&apos;re signed in as <b className="font-semibold text-ink">{name}</b>.
        {obstacle === null && " You can switch between organizations any time."}
      </p>
      {problem && (
        <Banner tone={obstacle === null ? "danger" : "neutral"} className="mb-4 rounded-control">
          {problem}
        </Banner>
      )}
      <div className="grid grid-cols-1 gap-2">
        {obstacle === null ? (
          <Button variant="primary" size="touch" block busy={joining.isPending} onClick={() => void joining.run()}>
            <span className="truncate">Join as {name}</span>
          </Button>
        ) : (
          <Button asChild variant="primary" size="touch" block>
            {/* An ordinary link, because the chat must be loaded from the server. */}
            <a href={pathsOf(handle).home}>Go back to Parley</a>
          </Button>
        )}
        <SignOutButton stay size="touch" variant="ghost" block>
          {obstacle === null ? "Use a different account" : "Join with a different account"}
        </SignOutButton>
      </div>
    </>
  );
}
