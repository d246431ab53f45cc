import { decodeEventLog, type Hex } from 'viem';
import { listingOf, type AssetSymbol } from '../../deploy/listing.ts';
import type { Receipt } from '../../evm/chain.ts';
import type { Contract } from '../../evm/contract.ts';
import {
  refuseChange,
  storedValue,
  type FindTermsCalls,
  type MarketTermsChange,
  type TermsCall,
} from '../../terms/terms-change.ts';
import type { VenueScene } from '../venue-scene.ts';
import { comptroller, marketOf, readVenusAccounts } from './accounts.ts';
import { LISTED } from './markets.ts';

const WAD = 10n ** 18n;

/**
 * The calls of the comptroller. A market has one collateral factor, which is both its threshold and its borrowing limit, and
 * all markets share one liquidation incentive; so a change that would part what is one number is refused.
 */
export const venusTermsCalls: FindTermsCalls = async (devnet, changes) => {
  const calls: TermsCall[] = [];
  const ofMarkets = changes.filter((change) => change.kind === 'market');
  for (const change of changes) {
    if (change.kind === 'market') continue;
    if (change.field !== 'closeFactor') refuseChange(change, `no admin call sets a ${change.field}`);
    calls.push(call(devnet, '_setCloseFactor', [storedValue(change, WAD)]));
  }
  calls.push(...(await factorCalls(devnet, ofMarkets)));
  calls.push(...(await incentiveCalls(devnet, ofMarkets)));
  for (const change of ofMarkets) calls.push(...capCalls(devnet, change));
  const fee = ofMarkets.find(({ field }) => field === 'liquidationProtocolFee');
  if (fee) refuseChange(fee, 'this release keeps no part of what liquidators get');
  return calls;
};

/** A market's threshold and borrowing limit, followed as a what-if does; they must be one in the end. */
async function factorCalls(
  devnet: VenueScene,
  changes: readonly MarketTermsChange[],
): Promise<readonly TermsCall[]> {
  const calls: TermsCall[] = [];
  const ofFactor = changes.filter(({ field }) => field === 'liquidationThreshold' || field === 'loanToValue');
  for (const market of new Set(ofFactor.map((change) => change.market))) {
    const own = ofFactor.filter((change) => change.market === market);
    const listed = await devnet.chain.read<readonly [boolean, bigint]>(comptroller(devnet), 'markets', [
      market,
    ]);
    const present = listed[1];
    let [threshold, limit] = [present, present];
    for (const change of own) {
      const factor = storedValue(change, WAD);
      if (change.field === 'loanToValue') limit = factor;
      else [threshold, limit] = [factor, limit < factor ? limit : factor];
    }
    if (threshold !== limit)
      refuseChange(
        own.at(-1)!,
        'threshold and borrowing limit of a market are one number there, the collateral factor: set both to the same',
      );
    calls.push(call(devnet, '_setCollateralFactor', [market, threshold]));
  }
  return calls;
}

/** One incentive for all markets: it may be another when it is asked for wherever an account with debt has supplied anything. */
async function incentiveCalls(
  devnet: VenueScene,
  changes: readonly MarketTermsChange[],
): Promise<readonly TermsCall[]> {
  const last = new Map(
    changes.filter(({ field }) => field === 'liquidationBonus').map((change) => [change.market, change]),
  );
  const [first] = last.values();
  if (!first) return [];
  const other = [...last.values()].find(({ value }) => value !== first.value);
  const missing = (await suppliedMarkets(devnet)).filter(({ address }) => !last.has(address));
  const reason = 'all markets share one liquidation incentive: set the same for each of them';
  if (other) refuseChange(other, reason);
  if (missing.length > 0)
    refuseChange(first, `${reason}, for ${missing.map(({ symbol }) => symbol).join(', ')} too`);
  return [call(devnet, '_setLiquidationIncentive', [WAD + storedValue(first, WAD)])];
}

async function suppliedMarkets(devnet: VenueScene): Promise<{ symbol: AssetSymbol; address: Hex }[]> {
  const accounts = await readVenusAccounts(devnet, devnet.owners);
  const legs = accounts
    .filter((account) => account.legs.some(({ debt }) => debt > 0n))
    .flatMap((account) => account.legs);
  return LISTED.filter((symbol) => legs.some((leg) => leg.symbol === symbol && leg.tokens > 0n)).map(
    (symbol) => ({ symbol, address: marketOf(devnet, symbol).address }),
  );
}

function capCalls(devnet: VenueScene, change: MarketTermsChange): TermsCall[] {
  if (change.field !== 'supplyCap' && change.field !== 'borrowCap') return [];
  const symbol = LISTED.find((one) => marketOf(devnet, one).address === change.market);
  if (!symbol) refuseChange(change, 'it lists no such market');
  const cap = storedValue(change, 10n ** BigInt(listingOf(symbol).decimals));
  if (change.field === 'supplyCap') return [call(devnet, '_setMarketSupplyCaps', [[change.market], [cap]])];
  if (cap === 0n) refuseChange(change, 'a borrow cap of 0 means that there is none');
  return [allowBorrowCaps(devnet), call(devnet, '_setMarketBorrowCaps', [[change.market], [cap]])];
}

/** Whoever sets borrow caps needs a permission that the chain was built without. */
function allowBorrowCaps(devnet: VenueScene): TermsCall {
  const { accessControl } = devnet.contracts.venues.venusCore;
  return {
    contract: { address: accessControl, abi: devnet.artifacts.VenusAccessControl.abi },
    functionName: 'giveCallPermission',
    args: [
      ...[comptroller(devnet).address, '_setMarketBorrowCaps(address[],uint256[])', devnet.actors.deployer],
    ],
  };
}

function call(devnet: VenueScene, functionName: string, args: readonly unknown[]): TermsCall {
  const contract = comptroller(devnet);
  return { contract, functionName, args, refusedIn: (receipt) => failureIn(contract, receipt) };
}

/** The contract does not revert for a value that it does not take, but logs a `Failure`. */
function failureIn({ address, abi }: Contract, { logs }: Receipt): string | undefined {
  for (const log of logs) {
    if (log.address.toLowerCase() !== address) continue;
    const { eventName, args } = decodeEventLog({ abi, data: log.data, topics: log.topics as [Hex] });
    if (eventName !== 'Failure') continue;
    const { error } = args as unknown as { readonly error: bigint };
    return `error ${error}${ERRORS[String(error)] ?? ''}`;
  }
  return undefined;
}

/** Source: `ComptrollerErrorReporter.Error`, and `Comptroller._setCollateralFactor` for the limit. */
const ERRORS: Readonly<Record<string, string>> = {
  6: ' (INVALID_COLLATERAL_FACTOR: a collateral factor may be 90 % at most)',
  13: ' (PRICE_ERROR: the asset has no price)',
};
