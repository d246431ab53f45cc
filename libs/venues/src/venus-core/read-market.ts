import { addressOf, readTokens, readWords, textOf, usableDecimals } from '@undertow/chain';
import type { CallReader, ReferencePart, Words } from '@undertow/chain';
import type { Address, KinkedRate, MoneyMarketTerms, OracleRef } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { venusCoreViews } from './abi.ts';
import { byHand } from './decode.ts';
import type { VenusCoreDeployment } from './deployments.ts';

type ViewName = (typeof venusCoreViews)[number]['name'];

/** A view of a contract, and its arguments. */
export type Ask = readonly [to: Address, view: ViewName, ...args: (Address | bigint | number | string)[]];

const readOf = ([to, functionName, ...args]: Ask) => ({
  ...{ to, data: encodeFunctionData({ abi: venusCoreViews, functionName, args } as never) },
});

/** Words of the views' results; none where one reverted. */
export async function ask(
  reader: CallReader,
  block: number,
  asks: readonly Ask[],
): Promise<readonly NonNullable<Words>[]> {
  const answers = await readWords(reader, block, asks.map(readOf));
  return answers.map((words) => words ?? []);
}

/** Terms of a market that no log carries, as far as its contracts say them. */
export type Unlogged = Partial<
  Pick<MoneyMarketTerms, 'asset' | 'decimals' | 'oracle' | 'oracleKey' | 'rateModelAt' | 'rateModel'>
>;

/** What no log carries of some markets, in their order. */
export async function readUnlogged(
  { oracle }: VenusCoreDeployment,
  reader: CallReader,
  at: { readonly block: number; readonly markets: readonly Address[] },
): Promise<readonly Unlogged[]> {
  const { block, markets } = at;
  const underlying = await ask(...([reader, block, markets.map((to): Ask => [to, 'underlying'])] as const));
  const assets = underlying.map(([word]) => (word === undefined ? undefined : addressOf(word)));
  const known = assets.map((asset, i) => asset ?? markets[i]!);
  const symbols = await reader.calls(
    known.map((to) => readOf([to, 'symbol'])),
    block,
  );
  const keys = symbols.map((symbol) => textOf(symbol) ?? '');
  const decimals = await readWords(
    reader,
    block,
    known.map((to) => readOf([to, 'decimals'])),
  );
  const feeds = await ask(
    reader,
    block,
    keys.map((key): Ask => [oracle, 'getFeed', key]),
  );
  const set = await ask(
    reader,
    block,
    known.map((asset): Ask => [oracle, 'assetPrices', asset]),
  );
  const models = await readRateModels(reader, block, markets);
  return markets.map((_, i): Unlogged => {
    const asset = assets[i];
    const places = usableDecimals(decimals[i]);
    // Not a market that is understood: what is missing shows as coverage.
    if (asset === undefined || places === undefined) return {};
    const price = oracleOf(feeds[i]?.[0], set[i]?.[0]);
    return { asset, decimals: places, oracleKey: keys[i]!, ...(price && { oracle: price }), ...models[i] };
  });
}

function oracleOf(feed: bigint | undefined, set: bigint | undefined): OracleRef | undefined {
  if (set) return byHand(set);
  return feed ? { form: 'feed', feed: addressOf(feed) } : undefined;
}

/** The interest-rate models of some markets. */
export async function readRateModels(
  reader: CallReader,
  block: number,
  markets: readonly Address[],
): Promise<readonly Pick<Unlogged, 'rateModelAt' | 'rateModel'>[]> {
  const said = await ask(
    reader,
    block,
    markets.map((to): Ask => [to, 'interestRateModel']),
  );
  const models = said.map(([word]) => (word === undefined ? undefined : addressOf(word)));
  const views = ['baseRatePerBlock', 'multiplierPerBlock', 'jumpMultiplierPerBlock', 'kink'] as const;
  const asks = models.flatMap((model, i) => views.map((view): Ask => [model ?? markets[i]!, view]));
  const words = await ask(reader, block, asks);
  return models.map((rateModelAt, i) => {
    const [base, slope, steepSlope, kink] = words.slice(4 * i, 4 * i + 4).map(([word]) => word);
    const isKinked =
      base !== undefined && slope !== undefined && steepSlope !== undefined && kink !== undefined;
    const rateModel: KinkedRate | undefined = isKinked ? { base, slope, steepSlope, kink } : undefined;
    return { ...(rateModelAt && { rateModelAt }), ...(rateModel && { rateModel }) };
  });
}

/** Rows of the venue, of the assets of some markets, and of the markets' own tokens, which liquidators are given. */
export async function readReference(
  deployment: VenusCoreDeployment,
  reader: CallReader,
  at: { readonly chainId: number; readonly block: number; readonly tokens: readonly Address[] },
): Promise<ReferencePart> {
  const { id, version, comptroller: address } = deployment;
  const { chainId } = at;
  const row = { id, chainId, protocol: 'venus-core', version, mechanism: 'money-market', address } as const;
  return {
    venues: [row],
    assets: await readTokens(
      reader,
      at,
      at.tokens.map((token) => ({ address: token })),
    ),
  };
}
