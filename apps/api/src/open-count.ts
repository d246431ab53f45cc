/** How many of something may be open at a time. */
export interface MostOpen {
  readonly whole: number;
  /** From one address. Behind a proxy all have its address. */
  readonly perAddress: number;
}

/** Whose share is used up. */
export type Full = 'address' | 'whole';

/** Counts what is open, in all and from each address. */
export class OpenCount {
  readonly #most: MostOpen;
  readonly #byAddress = new Map<string, number>();
  #whole = 0;

  constructor(most: MostOpen) {
    this.#most = most;
  }

  /** Counts one more; gives what takes it back, or whose share is used up. What takes it back may be called again. */
  open(address = ''): (() => void) | Full {
    const own = this.#byAddress.get(address) ?? 0;
    if (this.#whole >= this.#most.whole) return 'whole';
    if (own >= this.#most.perAddress) return 'address';
    this.#whole++;
    this.#byAddress.set(address, own + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#whole--;
      const left = this.#byAddress.get(address)! - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    };
  }
}

/** Status and words for who is refused: 429 where it is that address's own doing, else 503. */
export const FULL: Readonly<
  Record<Full, { readonly status: number; readonly name: string; readonly text: string }>
> = {
  address: {
    ...{ status: 429, name: 'Too Many Requests' },
    text: 'Too much is open from this address at a time; end some of it, or ask again in a second.\n',
  },
  whole: {
    ...{ status: 503, name: 'Service Unavailable' },
    text: 'Too much is asked of this server at a time; ask again in a second.\n',
  },
};
