"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { useTheme } from "@/components/shell/use-theme";
import { Segmented } from "@/components/ui/segmented";

const themes = [
  { value: "system", label: "System", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
] as const;

const contrasts = [
  { value: "system", label: "System" },
  { value: "normal", label: "Normal" },
  { value: "more", label: "More" },
] as const;

/** The choice of theme and contrast. It takes effect at once, so there is no Save button. */
export function Appearance() {
  const { theme, contrast, setTheme, setContrast } = useTheme();
  return (
    <div>
      <Row label="Theme">
        <Segmented label="Theme" options={themes} value={theme} onChange={setTheme} />
      </Row>
      <Row label="Contrast">
        <Segmented label="Contrast" options={contrasts} value={contrast} onChange={setContrast} />
      </Row>
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 border-t py-2 first:border-t-0 first:pt-0">
      {/* Hidden from screen readers, because the choices have text. */}
      <span aria-hidden className="text-ui font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
