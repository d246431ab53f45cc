import type { LogSource } from '@undertow/chain';
import { toEventSelector, type AbiEvent } from 'viem';
import * as aave from '../libs/venues/src/aave-v3/abi.ts';
import * as lyra from '../libs/venues/src/lyra-avalon/abi.ts';
import * as morpho from '../libs/venues/src/morpho-blue/abi.ts';
import * as musd from '../libs/venues/src/musd/abi.ts';
import * as perp from '../libs/venues/src/perp-v2/abi.ts';
import * as venus from '../libs/venues/src/venus-core/abi.ts';
import * as chainlink from '../libs/oracles/src/chainlink/abi.ts';
import * as uniswap from '../libs/oracles/src/uniswap-v3/abi.ts';

export interface PonderContract {
  readonly name: string;
  readonly abi: readonly AbiEvent[];
  readonly addresses: readonly string[];
  /** Event names as Ponder wants them: the whole signature where a name is used twice. */
  readonly events: readonly string[];
}

/** The contracts and events that our sources watch, as a Ponder configuration. */
export function ponderContracts(sources: readonly LogSource[]): PonderContract[] {
  // A source that only polls has no logs for Ponder.
  const speaking = sources.filter(({ topics }) => topics.length > 0);
  return speaking.map((source, index) => {
    const abi = eventsOf(moduleOf(source.id)).filter((event) =>
      source.topics.includes(toEventSelector(event)),
    );
    const names = abi.map(({ name }) => name);
    const events = abi.map((event) =>
      names.indexOf(event.name) === names.lastIndexOf(event.name) ? event.name : signature(event),
    );
    return { name: `Source${index}`, abi, addresses: source.addresses(), events };
  });
}

function moduleOf(sourceId: string): Record<string, unknown> {
  if (sourceId.startsWith('aave-v3')) return aave;
  if (sourceId.startsWith('morpho-blue')) return morpho;
  if (sourceId.startsWith('musd')) return musd;
  if (sourceId.startsWith('perp-v2')) return perp;
  if (sourceId.startsWith('lyra-avalon')) return lyra;
  if (sourceId.startsWith('venus-core')) return venus;
  if (sourceId.startsWith('chainlink')) return chainlink;
  if (sourceId.startsWith('uniswap-v3')) return uniswap;
  throw new Error(`no events known for ${sourceId}`);
}

/** Every event found in a module's exports, however they are grouped. */
function eventsOf(value: unknown, found = new Map<string, AbiEvent>()): AbiEvent[] {
  if (typeof value === 'object' && value !== null) {
    const item = value as { type?: unknown };
    if (item.type === 'event') found.set(toEventSelector(value as AbiEvent), value as AbiEvent);
    else for (const inner of Object.values(value)) eventsOf(inner, found);
  }
  return [...found.values()];
}

function signature({ name, inputs }: AbiEvent): string {
  return `${name}(${inputs.map((input) => `${input.type}${input.indexed ? ' indexed' : ''} ${input.name}`).join(', ')})`;
}
