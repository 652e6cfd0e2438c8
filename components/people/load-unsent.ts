/**
 * Fetches the code of the conversations that are not open yet. Whoever needs it calls this function: another `import` of the same
 * code would be another file, which cannot be fetched without a network.
 */
export const loadUnsent = () => import("./unsent-conversations");
