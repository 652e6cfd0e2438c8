import { Banner } from "@/components/ui/banner";

/** Explains how to get a new password. It names nobody, because anyone can read it. */
export function ForgotPassword({ organization }: { organization: string | null }) {
  return (
    <Banner tone="neutral" className="items-start rounded-control py-2.5 [&>svg]:mt-0.5">
      <p>
        Ask an admin
        {organization && (
          <>
            {" "}
            of <bdi>{organization}</bdi>
          </>
        )}{" "}
        for a password link. They can create one in <b>Settings</b>, <b>People</b>, in the menu beside your name. It
        works once, within a day.
      </p>
      <p className="mt-2">
        Are you an owner? Ask another owner. If you are the only one, run{" "}
        <code className="font-mono text-xs wrap-anywhere">npm run password-link -- you@example.com</code> on the server.
      </p>
    </Banner>
  );
}
