import type { ReactNode } from "react";

/** The buttons of a step: next and back. */
export function StepFoot({ back, children }: { back?: ReactNode; children: ReactNode }) {
  return (
    <div className="mt-5 flex flex-wrap items-center justify-end gap-2 border-t pt-5">
      {back && <div className="mr-auto -ml-4">{back}</div>}
      {children}
    </div>
  );
}
