"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SignInForm } from "./sign-in-form";

/** For somebody who is signed in: a button that shows the form for another account. */
export function OtherAccount({ next }: { next: string }) {
  const [isShown, setShown] = useState(false);
  if (isShown) return <SignInForm next={next} organization={null} />;
  return (
    <Button variant="ghost" size="touch" block onClick={() => setShown(true)}>
      Use a different account
    </Button>
  );
}
