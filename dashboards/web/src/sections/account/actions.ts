import type { ActionTable } from '../../frame/action-table.ts';
import { writeHash } from '../../frame/address-bar.ts';
import { nothingLoaded } from '../../frame/loaded.ts';
import type { Questions } from '../../frame/questions.ts';
import type { Store } from '../../frame/store.ts';
import { isAddress } from './load.ts';

/** Looking an address up over all venues, and leaving it again. */
export function lookUpActions(store: Store, ask: Questions): ActionTable {
  const { set } = store;

  const lookUp = (text: string): void => {
    const address = text.trim();
    if (!isAddress(address)) {
      const why = `“${address}” is not an address: 0x and 40 hexadecimal digits.`;
      set({ rejected: { at: 'owner', text: address, why } });
      return;
    }
    set({
      ...{ lookedUp: address.toLowerCase(), owner: nothingLoaded, rejected: undefined },
      said: `Looking up ${address}`,
    });
    writeHash(store);
    ask.owner.restart();
    // After the drawing that puts the panel there.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.querySelector<HTMLElement>('#account-title')?.focus()),
    );
  };

  return {
    'find-owner': (target) =>
      lookUp(target.querySelector<HTMLInputElement>('input[name=owner]')?.value ?? ''),
    'look-up': ({ dataset }) => lookUp(dataset['owner'] ?? ''),
    'close-owner': () => {
      set({ lookedUp: undefined, owner: nothingLoaded, rejected: undefined, said: 'Closed' });
      writeHash(store);
    },
  };
}
