/** An address cut to what an eye compares: `0x1234…cdef`. Anything short stays as it is. */
export function shortAddress(address: string): string {
  return address.length > 13 ? `${address.slice(0, 6)}…${address.slice(-4)}` : address;
}
