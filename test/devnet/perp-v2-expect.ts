import { isDue, ownValues, toBook, type AccountRow } from '@undertow/book';
import { encodeCall, revert, snapshot } from '@undertow/devnet';
import {
  isMarginCollateralDue,
  liquidateExposure,
  liquidateMarginCollateral,
  marginFigures,
  orderTotals,
} from '@undertow/market';
import { parseEventLogs, type Abi, type Log } from 'viem';
import { fundCashWad } from '../../libs/book/src/perpetual/account.ts';
import { readPerpetual } from '../../libs/book/src/perpetual/read.ts';
import {
  isPerpAccountDue,
  perpContracts,
  readPerpAccounts,
} from '../../libs/devnet/src/venues/perp-v2/accounts.ts';

import {
  accountsAt,
  chain,
  deployment,
  devnet,
  takers,
  venueAt,
  type Account,
  type Owner,
} from './perp-v2-scene.ts';

/** Every view of every account, at the head. */
export async function expectAsContract(): Promise<void> {
  const { accountBalance, clearingHouse, insuranceFund, vault } = perpContracts(devnet);
  const exchange = { address: deployment.exchange, abi: devnet.artifacts.PerpExchange.abi };
  const ask = <Result>(contract: typeof vault, functionName: string, args: readonly (readonly unknown[])[]) =>
    devnet.chain.readMany<Result>(args.map((one) => ({ contract, functionName, args: one })));
  const venue = venueAt();
  const marks = deployment.markets.map(({ baseToken }) => venue.perpetuals.get(baseToken)!);
  expect(marks.map((market) => ('reason' in market ? market.reason : market.markWad))).toEqual(
    await ask<bigint>(
      accountBalance,
      'getMarkPrice',
      deployment.markets.map(({ baseToken }) => [baseToken]),
    ),
  );
  const accounts = accountsAt();
  const each = accounts.map(({ owner }) => [owner]);
  const ours = accounts.map(({ account }) => ({ account, ...marginFigures(account) }));
  const unit = 10n ** 12n;
  expect(ours.map(({ accountValue }) => accountValue * unit)).toEqual(
    await ask(clearingHouse, 'getAccountValue', each),
  );
  expect(ours.map(({ requirementWad }) => requirementWad)).toEqual(
    await ask(accountBalance, 'getMarginRequirementForLiquidation', each),
  );
  expect(ours.map(({ positionsWad }) => positionsWad)).toEqual(
    await ask(accountBalance, 'getTotalAbsPositionValue', each),
  );
  expect(
    ours.map(({ account, unrealizedWad, pendingFeeWad }) => [account.owedWad, unrealizedWad, pendingFeeWad]),
  ).toEqual(await ask(accountBalance, 'getPnlAndPendingFee', each));
  expect(ours.map(({ freeCollateral }) => freeCollateral)).toEqual(
    await ask(
      vault,
      'getFreeCollateralByRatio',
      accounts.map(({ owner }) => [owner, 100_000]),
    ),
  );
  expect(ours.map(({ fundingWad }) => fundingWad)).toEqual(
    await ask(exchange, 'getAllPendingFundingPayment', each),
  );
  expect(ours.map(({ debtWad }) => debtWad)).toEqual(await ask(accountBalance, 'getTotalDebtValue', each));
  await expectOrdersAsContract(accounts);
  expect(ours.map(({ account }) => isMarginCollateralDue(account))).toEqual(
    await ask(vault, 'isLiquidatable', each),
  );
  expect(fundCashWad(chain.ledger, deployment.id, venue) / unit).toBe(
    await devnet.chain.read(insuranceFund, 'getInsuranceFundCapacity'),
  );
}

/** What makers hold in orders and owe for them, by market. */
async function expectOrdersAsContract(accounts: readonly Account[]): Promise<void> {
  const orderBook = { address: deployment.orderBook, abi: devnet.artifacts.PerpOrderBook.abi };
  const made = accounts.flatMap(({ owner, account, markets }) =>
    account.exposures.flatMap(({ maker }, i) => (maker ? [{ owner, market: markets[i]!, maker }] : [])),
  );
  const ask = <Result>(functionName: string, isBase: boolean) =>
    devnet.chain.readMany<Result>(
      made.map(({ owner, market }) => ({
        ...{ contract: orderBook, functionName, args: [owner, market, isBase] },
      })),
    );
  const held = (isBase: boolean) =>
    ask<readonly [bigint, bigint]>('getTotalTokenAmountInPoolAndPendingFee', isBase);
  const [base, quote] = [await held(true), await held(false)];
  const [baseDebt, quoteDebt] = [
    await ask<bigint>('getTotalOrderDebt', true),
    await ask<bigint>('getTotalOrderDebt', false),
  ];
  const theirs = made.map((_one, i) => ({
    ...{ baseWad: base[i]![0], quoteWad: quote[i]![0], baseDebtWad: baseDebt[i], quoteDebtWad: quoteDebt[i] },
    feeWad: quote[i]![1],
  }));
  const ours = made.map(({ maker }) => ({
    ...orderTotals(maker.orders, maker.sqrtPriceX96),
    feeWad: maker.pendingFeeWad,
  }));
  expect(ours).toEqual(theirs);
}

type Said = { readonly eventName: string; readonly args: Record<string, bigint> };

/** What a call of the liquidator does in the next block; undefined when it is refused. The chain stays as it is. */
async function tried(contract: { address: Owner; abi: Abi }, functionName: string, args: readonly unknown[]) {
  const id = await snapshot(devnet);
  const data = encodeCall(contract.abi, functionName, args);
  await devnet.rpc('evm_setNextBlockTimestamp', [chain.head().time + 1]);
  const call = { from: devnet.actors.liquidator, to: contract.address, data, gas: 4_000_000n };
  const [receipt] = await devnet.chain.send([call], { mayFail: true });
  await revert(devnet, id);
  if (receipt?.status !== '0x1') return undefined;
  const abi = [...devnet.artifacts.PerpClearingHouse.abi, ...devnet.artifacts.PerpVault.abi];
  return parseEventLogs({ abi, logs: receipt.logs as Log[] }) as unknown as Said[];
}

const saidBy = (said: readonly Said[], name: string) =>
  said.find(({ eventName }) => eventName === name)?.args;

/** Asks the venue to liquidate every account, due or not, and compares what it does. */
export async function expectLiquidationsAsContract(): Promise<{
  closed: number;
  sold: number;
  lost: number;
}> {
  const counts = { closed: 0, sold: 0, lost: 0 };
  const { clearingHouse, vault } = perpContracts(devnet);
  const time = chain.head().time + 1;
  const fundWad = fundCashWad(chain.ledger, deployment.id, venueAt(time));
  const token = deployment.collaterals[0]!.token;
  for (const { owner, account, markets } of accountsAt(time)) {
    if (markets.length > 0) {
      const ours = liquidateExposure(account, 0, fundWad);
      const theirs = await tried(clearingHouse, 'liquidate', [owner, markets[0]]);
      expect(theirs !== undefined).toBe(ours !== undefined);
      if (ours && theirs) {
        const { positionSize, positionNotional, liquidationFee } = saidBy(theirs, 'PositionLiquidated')!;
        expect([positionSize, positionNotional]).toEqual([
          absolute(ours.sizeWad),
          absolute(ours.notionalWad),
        ]);
        expect(liquidationFee).toBe(ours.penaltyWad);
        expect(saidBy(theirs, 'BadDebtSettled')?.['amount'] ?? 0n).toBe(ours.badDebt);
        counts.closed++;
        if (ours.badDebt > 0n) counts.lost++;
      }
    }
    if (account.collaterals.length > 0) {
      const ours = liquidateMarginCollateral(account, 0);
      const theirs = await tried(vault, 'liquidateCollateral', [owner, token, ours?.seized ?? 0n, false]);
      expect(theirs !== undefined).toBe(ours !== undefined);
      if (ours && theirs) {
        const sold = saidBy(theirs, 'CollateralLiquidated')!;
        expect([sold['collateral'], sold['insuranceFundFeeX10_S']]).toEqual([ours.seized, ours.toFund]);
        expect(sold['repaidSettlementWithoutInsuranceFundFeeX10_S']).toBe(ours.repaid - ours.toFund);
        expect(saidBy(theirs, 'BadDebtSettled')?.['amount'] ?? 0n).toBe(ours.badDebt);
        counts.sold++;
      }
    }
  }
  return counts;
}

const absolute = (value: bigint) => (value < 0n ? -value : value);

/** Who is due in the book at its own answers, and the readings' liquidation prices. */
export async function expectBookAsContract(): Promise<void> {
  const { time } = chain.head();
  const book = toBook(chain.ledger, { time });
  const due = (await readPerpAccounts(devnet, takers)).filter(isPerpAccountDue).map(({ owner }) => owner);
  const rows = Array.from({ length: book.accounts.count }, (_, row) => row as AccountRow);
  const values = ownValues(book);
  const ours = rows.filter((row) => isDue(values, row));
  expect(ours.map((row) => book.accounts.owner[row]!).sort()).toEqual([...due].sort());
  for (const owner of takers) {
    const [reading] = readPerpetual(chain.ledger, { venue: deployment.id, owner, time });
    if (!reading || 'reason' in reading || reading.healthFactorWad === undefined) continue;
    const isDue = reading.healthFactorWad < 10n ** 18n;
    for (const { asset, feed, answer } of reading.liquidationPrices) {
      // Prices of the feeds behind are looked at elsewhere.
      if (feed !== `${deployment.id}:${asset}`) continue;
      const market = venueAt().perpetuals.get(asset)!;
      if ('reason' in market) throw new Error(market.reason);
      expect(answer === market.markWad).toBe(isDue);
    }
  }
}
