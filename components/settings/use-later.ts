"use client";
import { useEffect, useState } from "react";

/** A value once it has rested for 200 ms, so that not every key asks the server. */
export function useLater<T>(value: T): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), 200);
    return () => clearTimeout(timer);
  }, [value]);
  return later;
}
