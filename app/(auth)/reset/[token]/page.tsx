import type { Metadata } from "next";
import Link from "next/link";
import { ResetForm } from "@/components/auth/reset-form";
import { Gate } from "@/components/shell/gate";
import { Button } from "@/components/ui/button";
import { resetPassword } from "@/lib/contract/session";

export const metadata: Metadata = { title: { absolute: "New password · Parley" }, robots: { index: false } };

type PageProps = { params: Promise<{ token: string }> };

export default async function Page({ params }: PageProps) {
  const { token } = await params;
  if (!resetPassword.input.shape.token.safeParse(token).success) {
    return (
      <Gate title="There is no such link" lead="Check that all of it was copied, or ask an admin for a new one.">
        <Button asChild size="touch" block>
          <Link href="/">Go to Parley</Link>
        </Button>
      </Gate>
    );
  }
  return (
    <Gate title="Choose a new password" lead="It signs you out everywhere else.">
      <ResetForm token={token} />
    </Gate>
  );
}
