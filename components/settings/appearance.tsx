"use client";
import { Contrast, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "@/components/shell/use-theme";
import { ChoiceCards } from "@/components/ui/choices";
import { Segmented } from "@/components/ui/segmented";

const themes = [
  { value: "system", label: "System", hint: "As this device is set.", icon: <Monitor /> },
  { value: "light", label: "Light", hint: "Always light.", icon: <Sun /> },
  { value: "dark", label: "Dark", hint: "Always dark.", icon: <Moon /> },
] as const;

const contrasts = [
  { value: "system", label: "System" },
  { value: "normal", label: "Normal" },
  { value: "more", label: "More" },
] as const;

/** Takes effect at once, so there is nothing to save. */
export function Appearance() {
  const { theme, contrast, setTheme, setContrast } = useTheme();
  return (
    <>
      <ChoiceCards legend="Theme" hideLegend options={themes} value={theme} onChange={setTheme} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span aria-hidden className="flex items-center gap-2 text-ui font-medium">
          <Contrast className="size-4 text-ink-faint" />
          Contrast
        </span>
        <Segmented label="Contrast" options={contrasts} value={contrast} onChange={setContrast} />
      </div>
    </>
  );
}
