import type { OpenAccount, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { isShort, lyra, readPositions } from './accounts.ts';
import { UNDERLYING } from './parameters.ts';
import { OPTION_TYPE } from './plan.ts';

/** Part of `OptionGreekCache.StrikeCache`: values of a contract that were computed last. */
interface StrikeCache {
  readonly greeks: { readonly callPrice: bigint; readonly putPrice: bigint };
}

/** Written options, owed at the value that the venue itself has computed last. */
export async function openOptions(devnet: VenueScene, prices: PricesUsd): Promise<OpenAccount[]> {
  const shorts = (await readPositions(devnet, devnet.owners)).filter(isShort);
  const strikes = [...new Set(shorts.map(({ position }) => position.strikeId))];
  const caches = await devnet.chain.readMany<StrikeCache>(
    strikes.map((id) => ({ contract: lyra(devnet).greekCache, functionName: 'getStrikeCache', args: [id] })),
  );
  return shorts.flatMap(({ owner, position }): OpenAccount[] => {
    const { strikeId, optionType, amount, collateral, positionId } = position;
    const greeks = caches[strikes.indexOf(strikeId)]?.greeks;
    if (!greeks || collateral === 0n) return [];
    const price = optionType === OPTION_TYPE.shortPutQuote ? greeks.putPrice : greeks.callPrice;
    const unitUsd = optionType === OPTION_TYPE.shortCallBase ? (prices.get(UNDERLYING) ?? 0) : 1;
    const debtUsd = (Number(price) / 1e18) * (Number(amount) / 1e18);
    const equityUsd = (Number(collateral) / 1e18) * unitUsd - debtUsd;
    return [{ owner, market: positionId.toString(), debtUsd, equityUsd }];
  });
}
