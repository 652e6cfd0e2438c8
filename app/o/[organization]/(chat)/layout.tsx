import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { ParleyProvider } from "@/lib/client/provider";
import { loadHome } from "@/lib/domain/home/load";
import { buildVersion } from "@/lib/server/start";

type LayoutProps = { children: ReactNode; params: Promise<{ organization: string }> };

export default async function Layout({ children, params }: LayoutProps) {
  const home = await loadHome((await params).organization);
  return (
    <ParleyProvider key={home.me.id} home={home} version={await buildVersion()}>
      <Shell>{children}</Shell>
    </ParleyProvider>
  );
}
