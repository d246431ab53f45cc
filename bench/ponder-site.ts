import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LogSource } from '@undertow/chain';
import { toEventSelector, type AbiEvent } from 'viem';

type Module = Readonly<Record<string, unknown>>;

const LIBS = join(import.meta.dirname, '../libs');

/** What `abi.ts` of each venue and price source exports, by the folder; longer names first: one may begin another. */
const MODULES: readonly (readonly [folder: string, module: Module])[] = await Promise.all(
  ['venues', 'oracles']
    .flatMap((lib) => readdirSync(join(LIBS, lib, 'src')).map((folder) => join(LIBS, lib, 'src', folder)))
    .filter((folder) => existsSync(join(folder, 'abi.ts')))
    .sort((a, b) => b.length - a.length)
    .map(async (folder) => [basename(folder), (await import(join(folder, 'abi.ts'))) as Module] as const),
);

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

/** The events of a source, whose id begins with its folder's name. */
function moduleOf(sourceId: string): Module {
  const found = MODULES.find(([folder]) => sourceId.startsWith(folder));
  if (!found)
    throw new Error(`no events known for ${sourceId}: no abi.ts in a folder that its id begins with`);
  return found[1];
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
