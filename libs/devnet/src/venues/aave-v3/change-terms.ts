import { categoryMarketId } from '@undertow/market';
import type { Contract } from '../../evm/contract.ts';
import {
  refuseChange,
  storedValue,
  type FindTermsCalls,
  type MarketTermsChange,
  type OwnTermsChange,
  type TermsCall,
} from '../../terms/terms-change.ts';
import type { VenueScene } from '../venue-scene.ts';
import { AAVE_V30, type AaveMarket } from './accounts.ts';

/** What the releases do not share in their admin calls. */
export interface AaveAdmin {
  readonly market: AaveMarket;
  configurator(devnet: VenueScene): Contract;
  /** Do e-mode categories name a price source of their own? They did until 3.2. */
  readonly hasPriceSources: boolean;
}

const AAVE_V30_ADMIN: AaveAdmin = {
  market: AAVE_V30,
  configurator: ({ contracts, artifacts }) => ({
    ...{ address: contracts.venues.aaveV3.poolConfigurator, abi: artifacts.PoolConfigurator.abi },
  }),
  hasPriceSources: true,
};

export const aaveV3TermsCalls: FindTermsCalls = (devnet, changes) =>
  aaveTermsCalls(devnet, AAVE_V30_ADMIN, changes);

const BPS = 10_000n;

/** What reserves and categories have in common, as the contract stores it: the bonus of 5 % is 10500. */
interface CollateralTerms {
  readonly loanToValueBps: bigint;
  readonly liquidationThresholdBps: bigint;
  readonly liquidationBonusBps: bigint;
}

/** The calls of `PoolConfigurator` that carry out changes: one for the three terms of collateral of each market. */
export async function aaveTermsCalls(
  devnet: VenueScene,
  admin: AaveAdmin,
  changes: readonly OwnTermsChange[],
): Promise<TermsCall[]> {
  const byMarket = new Map<string, MarketTermsChange[]>();
  for (const change of changes) {
    if (change.kind === 'venue')
      refuseChange(change, 'the share that a call may repay is a constant of the code, for all markets');
    byMarket.set(change.market, [...(byMarket.get(change.market) ?? []), change]);
  }
  const calls: TermsCall[] = [];
  for (const [market, own] of byMarket)
    calls.push(
      ...(categoryOf(market) === undefined
        ? await reserveCalls(devnet, admin, own)
        : await categoryCalls(devnet, admin, own)),
    );
  return calls;
}

/** The number of an e-mode category; undefined for the id of a reserve. */
function categoryOf(market: string): number | undefined {
  const id = Number(/^category:(\d+)$/.exec(market)?.[1]);
  return categoryMarketId(id) === market ? id : undefined;
}

async function reserveCalls(
  devnet: VenueScene,
  admin: AaveAdmin,
  changes: readonly MarketTermsChange[],
): Promise<TermsCall[]> {
  const [{ market: asset }] = changes as [MarketTermsChange];
  const ofCollateral = changes.filter(isOfCollateral);
  const others = changes.filter((change) => !isOfCollateral(change));
  const calls: TermsCall[] = [];
  if (ofCollateral.length > 0) {
    const present = await devnet.chain.read<readonly bigint[]>(
      admin.market.dataProvider(devnet),
      'getReserveConfigurationData',
      [asset],
    );
    const [, loanToValueBps = 0n, liquidationThresholdBps = 0n, liquidationBonusBps = 0n] = present;
    const terms = withChanges({ loanToValueBps, liquidationThresholdBps, liquidationBonusBps }, ofCollateral);
    calls.push(adminCall(devnet, admin, 'configureReserveAsCollateral', [asset, ...inOrder(terms)]));
  }
  for (const change of others) calls.push(adminCall(devnet, admin, ...otherCall(change)));
  return calls;
}

/** A term of a reserve that has a call of its own. */
function otherCall(change: MarketTermsChange): [string, readonly unknown[]] {
  switch (change.field) {
    case 'liquidationProtocolFee':
      return ['setLiquidationProtocolFee', [change.market, storedValue(change, BPS)]];
    case 'supplyCap':
    case 'borrowCap': {
      if (change.value === 0)
        refuseChange(change, 'a cap of 0 means that there is none; a cap is at least 1');
      const setter = change.field === 'supplyCap' ? 'setSupplyCap' : 'setBorrowCap';
      return [setter, [change.market, storedValue(change, 1n)]];
    }
    default:
      return refuseChange(change, `no admin call sets a ${change.field}`);
  }
}

async function categoryCalls(
  devnet: VenueScene,
  admin: AaveAdmin,
  changes: readonly MarketTermsChange[],
): Promise<TermsCall[]> {
  const other = changes.find((change) => !isOfCollateral(change));
  if (other) refuseChange(other, 'an e-mode category has none of its own; it is set for each reserve');
  const id = categoryOf(changes[0]!.market);
  const { ltv, liquidationThreshold, liquidationBonus, priceSource, label } =
    await devnet.chain.read<CategoryView>(admin.market.pool(devnet), 'getEModeCategoryData', [id]);
  const terms = withChanges(
    {
      loanToValueBps: BigInt(ltv),
      liquidationThresholdBps: BigInt(liquidationThreshold),
      liquidationBonusBps: BigInt(liquidationBonus),
    },
    changes,
  );
  const source = admin.hasPriceSources ? [priceSource] : [];
  return [adminCall(devnet, admin, 'setEModeCategory', [id, ...inOrder(terms), ...source, label])];
}

/** `DataTypes.EModeCategory`. */
interface CategoryView {
  readonly ltv: number;
  readonly liquidationThreshold: number;
  readonly liquidationBonus: number;
  readonly priceSource: string;
  readonly label: string;
}

const isOfCollateral = ({ field }: MarketTermsChange) =>
  field === 'liquidationThreshold' || field === 'loanToValue' || field === 'liquidationBonus';

/** As a what-if changes them: a borrowing limit above a lowered threshold is lowered along with it. */
function withChanges(present: CollateralTerms, changes: readonly MarketTermsChange[]): CollateralTerms {
  return changes.reduce((terms, change): CollateralTerms => {
    const bps = storedValue(change, BPS);
    if (change.field === 'loanToValue') return { ...terms, loanToValueBps: bps };
    if (change.field === 'liquidationBonus') return { ...terms, liquidationBonusBps: BPS + bps };
    const loanToValueBps = terms.loanToValueBps < bps ? terms.loanToValueBps : bps;
    return { ...terms, liquidationThresholdBps: bps, loanToValueBps };
  }, present);
}

const inOrder = ({ loanToValueBps, liquidationThresholdBps, liquidationBonusBps }: CollateralTerms) => [
  ...[loanToValueBps, liquidationThresholdBps, liquidationBonusBps],
];

function adminCall(
  devnet: VenueScene,
  admin: AaveAdmin,
  functionName: string,
  args: readonly unknown[],
): TermsCall {
  return { contract: admin.configurator(devnet), functionName, args, meanings: ERRORS };
}

/** Numbers with which release 3.0 reverts. Source: `protocol/libraries/helpers/Errors.sol`. */
const ERRORS: Readonly<Record<string, string>> = {
  18: 'the liquidity of the reserve must be 0',
  20: 'invalid risk parameters for the reserve: its loan-to-value may not be above its threshold, nor its threshold times one plus its bonus above 100 %, and the bonus must be above 0',
  21: 'invalid risk parameters for the e-mode category: as of a reserve, and its loan-to-value and threshold must be above those of each reserve in it',
};
