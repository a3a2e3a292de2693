/** Return the host of an address, which is how people know a website; what is no address stays as it is. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host.replace(/^www\./, "");
  } catch {
    return address;
  }
}

/** Whether a website is on this machine, as the sample portal is. */
export function isLocal(address: string): boolean {
  return /^(http:\/\/|https:\/\/|)(127\.|localhost|\[::1\])/.test(address);
}
