import { addressOf, readWords, textOf, usableDecimals, type CallReader, type Words } from '@undertow/chain';
import type { Address, Feed } from '@undertow/market';
import { viewData, type SourceView } from './abi.ts';
import { BASE_MARKS, MARKS, PLACES, RATE_MARK, SOURCE_KINDS, type SourceKind } from './source-kinds.ts';

/** What a contract is, by views that never change: read once. */
export interface Identity {
  /** `base`: its answers come from outside the chain. `rate`: its answer is a rate that it reads from the chain. */
  readonly kind: SourceKind | 'base' | 'rate' | 'unknown';
  readonly words: ReadonlyMap<SourceView, bigint>;
  /** How it describes itself; undefined where it has no usable decimals. */
  readonly row: Feed | undefined;
}

/** What some contracts are, read at a block. */
export async function identify(
  reader: CallReader,
  at: { readonly chainId: number; readonly block: number },
  contracts: readonly Address[],
): Promise<ReadonlyMap<Address, Identity>> {
  const views = [...MARKS, 'decimals'] as const;
  const reads = contracts.flatMap((to) => views.map((view) => ({ to, data: viewData(view) })));
  const words = await readWords(reader, at.block, reads);
  const texts =
    contracts.length === 0
      ? []
      : await reader.calls(
          contracts.map((to) => ({ to, data: viewData('description') })),
          at.block,
        );
  const found = new Map(
    contracts.map((address, i): [Address, Identity] => {
      const own = words.slice(i * views.length, (i + 1) * views.length);
      const decimals = usableDecimals(own.at(-1));
      const description = textOf(texts[i])?.trim() || address;
      const row =
        decimals === undefined ? undefined : { id: address, chainId: at.chainId, description, decimals };
      const marked = wordsOf(own);
      return [address, { kind: kindOf(marked), words: marked, row }];
    }),
  );
  return withBounds(reader, at.block, found);
}

/** The same, with the bounds that the aggregator behind a base feed says. */
async function withBounds(
  reader: CallReader,
  block: number,
  found: ReadonlyMap<Address, Identity>,
): Promise<ReadonlyMap<Address, Identity>> {
  const bases = [...found].filter(([, { kind, words }]) => kind === 'base' && words.get('aggregator'));
  const reads = bases.flatMap(([, { words }]) => {
    const to = addressOf(BigInt.asUintN(256, words.get('aggregator')!));
    return [
      { to, data: viewData('minAnswer') },
      { to, data: viewData('maxAnswer') },
    ];
  });
  const said = (await readWords(reader, block, reads)).map((words) =>
    words?.length === 1 ? BigInt.asIntN(256, words[0]!) : undefined,
  );
  const bounded = bases.map(([address, { row, ...identity }], i): [Address, Identity] => {
    const [least, greatest] = [said[2 * i], said[2 * i + 1]];
    // One that answers nothing between its bounds does not know them.
    const areBounds = row && least !== undefined && greatest !== undefined && 0n <= least && least < greatest;
    return [address, { ...identity, row: areBounds ? { ...row, least, greatest } : row }];
  });
  return new Map([...found, ...bounded]);
}

function wordsOf(answers: readonly Words[]): ReadonlyMap<SourceView, bigint> {
  return new Map(
    MARKS.flatMap((view, i) => {
      const answer = answers[i];
      if (answer?.length !== 1 || (PLACES.has(view) && usableDecimals(answer) === undefined)) return [];
      return [[view, BigInt.asIntN(256, answer[0]!)] as const];
    }),
  );
}

function kindOf(words: ReadonlyMap<SourceView, bigint>): Identity['kind'] {
  const kind = SOURCE_KINDS.find(({ marks }) => marks.every((mark) => words.has(mark)));
  if (kind) return kind;
  if (BASE_MARKS.some((mark) => (words.get(mark) ?? 0n) !== 0n)) return 'base';
  return words.has(RATE_MARK) ? 'rate' : 'unknown';
}
