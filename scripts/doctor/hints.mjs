const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/**
 * Returns sentences that suggest better settings. Hints are not damage, so the doctor's exit code stays 0.
 * @param {Record<string, string | undefined>} env
 */
export function hints({ PUBLIC_URL, HOST, TRUSTED_PROXIES }) {
  if (!PUBLIC_URL || TRUSTED_PROXIES) return [];
  const { protocol, hostname } = new URL(PUBLIC_URL);
  const isBehindProxy = protocol === "https:" || (LOOPBACK.test(HOST || "localhost") && !LOOPBACK.test(hostname));
  if (!isBehindProxy) return [];
  return [
    `${PUBLIC_URL} goes through a proxy, but TRUSTED_PROXIES is not set. Everyone seems to come from one address, and limits per address are off. Set it to the number of proxies, as in TRUSTED_PROXIES=1, or to their addresses, as in TRUSTED_PROXIES=203.0.113.7,10.0.0.0/8.`,
  ];
}
