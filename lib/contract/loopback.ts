/** Whether a name, or an address with or without brackets, leads to the machine itself and to no other. */
export function isLoopbackName(name: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(name.replace(/^\[|\]$/g, ""));
}
