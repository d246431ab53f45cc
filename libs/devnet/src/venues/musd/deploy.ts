import type { Hex } from 'viem';
import { freshen } from '../../actions/freshen.ts';
import { listingOf, rawUnits } from '../../deploy/listing.ts';
import { deploy, perform, ZERO_ADDRESS, type Site, type Step } from '../../deploy/site.ts';
import { encodeCall, type Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { Planned } from '../devnet-venue.ts';
import { PROXIES, type MusdContracts, type ProxyName } from './contracts.ts';
import { debtUsdOf, UNDERLYING, type MusdPlan } from './plan.ts';

/** The stability pool holds this share of the debt of the planned positions; of that, the protocol itself this one. */
const POOL_SHARE = 0.3;
const PROTOCOL_SHARE = 0.2;

/**
 * The bank's own position stands for owners who are far from the line: MUSD to lend to those who leave, as a share of all
 * debt; and its collateral ÷ debt.
 */
const BANK = { stockShare: 0.1, ratio: 6 };

/** What `PCV.initializeDebt` deposits. */
const BOOTSTRAP_LOAN = 10n ** 26n;

const WAD = 10n ** 18n;

/** Deploys MUSD on the feed of WETH, and fills the stability pool: in part by the protocol itself, in part by the bank. */
export async function deployMusd(
  site: Site,
  base: BaseContracts,
  plan: readonly Planned<MusdPlan>[],
): Promise<MusdContracts> {
  const at = await deployProxies(site);
  await perform(site, wiring(at, base.assets[UNDERLYING].feedProxy));
  const debtUsd = plan.reduce((sum, { plan: position }) => sum + debtUsdOf(position), 0);
  await freshen({ ...site, contracts: base }, [UNDERLYING]);
  await fillPool(site, at, Math.max(10_000, debtUsd));
  const addresses = Object.entries(at).map(([name, { address }]) => [name, address]);
  return { ...Object.fromEntries(addresses), wrapped: base.assets[UNDERLYING].token } as MusdContracts;
}

type Contracts = Readonly<Record<ProxyName | 'Token', Contract>>;

/** Each behind a proxy, as it is published, because its constructor bars it from being used without. */
async function deployProxies(site: Site): Promise<Contracts> {
  const deployed: Partial<Record<ProxyName | 'Token', Contract>> = { Token: await deploy(site, 'MusdToken') };
  for (const name of PROXIES) {
    const { address, abi } = await deploy(site, `Musd${name}`);
    // Governance may act at once.
    const args = name === 'PCV' || name === 'GovernableVariables' ? [0n] : [];
    const proxy = await deploy(site, 'MusdProxy', [address, encodeCall(abi, 'initialize', args)]);
    deployed[name] = { address: proxy.address, abi };
  }
  return deployed as Contracts;
}

/** Tells every contract of the others, in the order in which its own function wants them. */
function wiring(at: Contracts, feed: Hex): Step[] {
  const addresses = (...names: (keyof Contracts)[]) => names.map((name) => at[name].address);
  const set = (name: ProxyName, ...of: (keyof Contracts)[]): Step => ({
    ...{ contract: at[name], functionName: 'setAddresses', args: addresses(...of) },
  });
  const borrowing = addresses(
    ...(['ActivePool', 'BorrowerOperationsSignatures', 'CollSurplusPool', 'DefaultPool', 'GasPool'] as const),
    ...(['GovernableVariables', 'InterestRateManager', 'Token', 'PCV', 'PriceFeed', 'SortedTroves'] as const),
    ...(['StabilityPool', 'TroveManager'] as const),
  );
  return [
    {
      ...{ contract: at.Token, functionName: 'initialize' },
      args: addresses('TroveManager', 'StabilityPool', 'BorrowerOperations', 'InterestRateManager'),
    },
    { contract: at.PriceFeed, functionName: 'setOracle', args: [feed] },
    {
      ...{ contract: at.SortedTroves, functionName: 'setParams' },
      args: [10n ** 9n, ...addresses('BorrowerOperations', 'TroveManager')],
    },
    set(
      ...(['ActivePool', 'BorrowerOperations', 'CollSurplusPool', 'DefaultPool'] as const),
      ...(['InterestRateManager', 'StabilityPool', 'TroveManager'] as const),
    ),
    set('BorrowerOperationsSignatures', 'BorrowerOperations', 'InterestRateManager'),
    set('CollSurplusPool', 'ActivePool', 'BorrowerOperations', 'TroveManager'),
    set('DefaultPool', 'ActivePool', 'TroveManager'),
    set('GasPool', 'Token', 'TroveManager'),
    set('HintHelpers', 'BorrowerOperations', 'SortedTroves', 'TroveManager'),
    set('InterestRateManager', 'ActivePool', 'BorrowerOperations', 'Token', 'PCV', 'TroveManager'),
    set(
      ...(['StabilityPool', 'ActivePool', 'BorrowerOperations', 'Token', 'PriceFeed'] as const),
      ...(['SortedTroves', 'TroveManager'] as const),
    ),
    set(
      ...(['TroveManager', 'ActivePool', 'BorrowerOperations', 'CollSurplusPool', 'DefaultPool'] as const),
      ...(['GasPool', 'InterestRateManager', 'Token', 'PCV', 'PriceFeed', 'SortedTroves'] as const),
      'StabilityPool',
    ),
    set('PCV', 'BorrowerOperations', 'Token'),
    { contract: at.BorrowerOperations, functionName: 'setAddresses', args: [borrowing] },
  ];
}

/**
 * The protocol's own deposit is what is left of its bootstrap loan when the rest has been paid back. The bank opens a
 * position that is far from its line, deposits for all other depositors, and keeps some to lend.
 */
async function fillPool(site: Site, at: Contracts, debtUsd: number): Promise<void> {
  const { bank } = site.actors;
  const wad = (amount: number) => BigInt(Math.round(amount)) * WAD;
  const own = wad(debtUsd * POOL_SHARE * PROTOCOL_SHARE);
  const deposit = wad(debtUsd * POOL_SHARE * (1 - PROTOCOL_SHARE));
  const borrowed = deposit + wad(2_000 + debtUsd * BANK.stockShare);
  const { priceUsd } = listingOf(UNDERLYING);
  const value = rawUnits(UNDERLYING, ((Number(borrowed) / 1e18 + 200) * BANK.ratio) / priceUsd);
  const { address: to, abi } = at.BorrowerOperations;
  const args = [borrowed, ZERO_ADDRESS, ZERO_ADDRESS];
  await perform(site, [
    { contract: at.PCV, functionName: 'initializeDebt', args: [] },
    { contract: at.PCV, functionName: 'withdrawFromStabilityPool', args: [BOOTSTRAP_LOAN - own] },
  ]);
  await site.chain.send([
    { from: bank, to, value, gas: 3_000_000n, data: encodeCall(abi, 'openTrove', args) },
  ]);
  const spender = at.StabilityPool.address;
  await perform(site, [
    { contract: at.Token, functionName: 'approve', args: [spender, deposit], from: bank },
    { contract: at.StabilityPool, functionName: 'provideToSP', args: [deposit], from: bank },
  ]);
}
