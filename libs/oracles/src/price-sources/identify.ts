import { readWords, textOf, usableDecimals, type CallReader, type Words } from '@undertow/chain';
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
  return new Map(
    contracts.map((address, i) => {
      const own = words.slice(i * views.length, (i + 1) * views.length);
      const decimals = usableDecimals(own.at(-1));
      const description = textOf(texts[i])?.trim() || address;
      const row =
        decimals === undefined ? undefined : { id: address, chainId: at.chainId, description, decimals };
      const marked = wordsOf(own);
      return [address, { kind: kindOf(marked), words: marked, row }];
    }),
  );
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
