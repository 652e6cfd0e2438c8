import type { Metadata } from "next";
import Link from "next/link";
import { ResetForm } from "@/components/auth/reset-form";
import { whyResetFails } from "@/components/auth/reset-words";
import { Gate } from "@/components/shell/gate";
import { Button } from "@/components/ui/button";
import { findResetLink } from "@/lib/domain/password/find-link";

export const metadata: Metadata = { title: { absolute: "New password · Parley" }, robots: { index: false } };

type PageProps = { params: Promise<{ token: string }> };

/** Sets a new password. If the link does not work, the page gives the reason but no person's name. */
export default async function Page({ params }: PageProps) {
  const { token } = await params;
  const { state } = await findResetLink(token);
  if (state !== "open") {
    return (
      <Gate {...whyResetFails[state]}>
        <Button asChild size="touch" block>
          <Link href="/">Go to Parley</Link>
        </Button>
      </Gate>
    );
  }
  return (
    <Gate title="Choose a new password" lead="You'll be signed out everywhere else.">
      <ResetForm token={token} />
    </Gate>
  );
}
