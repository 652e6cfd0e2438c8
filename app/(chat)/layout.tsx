import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { ParleyProvider } from "@/lib/client/provider";
import { loadHome } from "@/lib/domain/home/load";
import { buildVersion } from "@/lib/server/start";

export default async function Layout({ children }: { children: ReactNode }) {
  const home = await loadHome();
  return (
    <ParleyProvider home={home} version={await buildVersion()}>
      <Shell>{children}</Shell>
    </ParleyProvider>
  );
}
