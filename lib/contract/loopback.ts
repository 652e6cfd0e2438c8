/** Whether a host name or IP address, with or without brackets, is the loopback interface. */
export function isLoopbackName(name: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(name.replace(/^\[|\]$/g, ""));
}
