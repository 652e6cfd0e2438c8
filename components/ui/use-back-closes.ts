"use client";
import { useEffect, useEffectEvent } from "react";
import { touchDevice } from "@/components/shell/use-media";
import { createBackStack } from "./back-stack";

const addToStack = createBackStack();

/** Makes Back close a dialog on touch devices, where people close everything with it. */
export function useBackCloses(isOpen: boolean, close: () => void) {
  const onBack = useEffectEvent(close);
  useEffect(() => {
    if (isOpen && matchMedia(touchDevice).matches) return addToStack(() => onBack());
  }, [isOpen]);
}
