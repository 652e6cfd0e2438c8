import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { nextPath } from "@/components/auth/next-path";
import { SignInForm } from "@/components/auth/sign-in-form";
import { Gate } from "@/components/shell/gate";
import { organizationExists } from "@/lib/domain/organization/exists";
import { pageCaller } from "@/lib/server/auth-page";

export const metadata: Metadata = { title: { absolute: "Sign in · Parley" } };

type PageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Page({ searchParams }: PageProps) {
  if (!(await organizationExists())) redirect("/setup");
  const { next } = await searchParams;
  const path = nextPath(typeof next === "string" ? next : undefined);
  if ((await pageCaller()).actor) redirect(path);
  return (
    <Gate title="Sign in to Parley" foot="New here, or locked out? Ask an admin for a link.">
      <SignInForm next={path} />
    </Gate>
  );
}
