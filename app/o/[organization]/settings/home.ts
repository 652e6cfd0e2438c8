import { cache } from "react";
import { loadHome } from "@/lib/domain/home/load";

/** Loads an organization's home data once per request, for both the layout and the page. */
const load = cache(loadHome);

export interface SettingsProps {
  params: Promise<{ organization: string }>;
}

export const settingsHome = async ({ params }: SettingsProps) => load((await params).organization);
