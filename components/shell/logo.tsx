import { cn } from "@/components/ui/cn";

/** Parley's logo: a speech bubble with two lines. The lines are holes, so that the logo works on any background. */
export function Logo({ className = "size-8" }: { className?: string }) {
  return (
    <span aria-hidden className={cn("logo-fill inline-block flex-none rounded-thing", className)}>
      <svg viewBox="0 0 32 32" fill="currentColor" className="block size-full">
        <path
          fillRule="evenodd"
          d="M16.2 7.5a8 8 0 0 1 0 16H10a1.6 1.6 0 0 1-1.6-1.6v-6.4a7.9 7.9 0 0 1 7.8-8ZM13 13.25a.95.95 0 0 0 0 1.9h6.6a.95.95 0 0 0 0-1.9ZM13 16.65a.95.95 0 0 0 0 1.9h4a.95.95 0 0 0 0-1.9Z"
        />
      </svg>
    </span>
  );
}
