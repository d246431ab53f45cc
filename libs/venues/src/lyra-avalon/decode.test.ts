import type { RawLog } from '@undertow/chain';
import type { Address, Hex } from '@undertow/market';
import { encodeAbiParameters, encodeEventTopics } from 'viem';
import type { AbiEvent } from 'viem';
import { greekCacheEvents, optionMarketEvents, optionTokenEvents } from './abi.ts';
import { lyraDecoder } from './decode.ts';
import type { LyraAvalonDeployment } from './deployments.ts';
import { nothingLearned, relearn } from './learned.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const deployment: LyraAvalonDeployment = {
  ...{ adapter: 'lyra-avalon', id: 'lyra-avalon@test', version: '1.0' },
  liquidityPool: `0x${'9a'.repeat(20)}`,
  ...{ optionMarket: address('1'), optionToken: address('2'), greekCache: address('3') },
  ...{ pricer: address('4'), synthetixAdapter: address('5'), quoteAsset: address('6') },
  ...{ baseAsset: address('7'), baseFollows: address('8'), baseFeed: address('9') },
};
const [owner, heir, nobody] = [address('a'), address('b'), address('0')];
const WAD = 10n ** 18n;

/** A log of an event with its indexed arguments by name and the others in their order. */
function log(from: Address, event: AbiEvent, indexed: Record<string, unknown>, values: unknown[]): RawLog {
  const data = encodeAbiParameters(
    event.inputs.filter((input) => !input.indexed),
    values,
  );
  const topics = encodeEventTopics({ abi: [event], eventName: event.name, args: indexed } as never);
  return {
    ...{ chainId: 1, address: from, topics: topics as Hex[], data, block: 7, blockHash: '0x00' },
    ...{ time: 1000, logIndex: 3 },
  };
}

const [, positionUpdated, transfer] = optionTokenEvents;
const [OPENED, LIQUIDATED, TRANSFERRED] = [0, 8, 9];
const [ACTIVE, GONE] = [1, 3];

function updated(type: number, by: { state?: number; optionType?: number; owner?: Address } = {}): RawLog {
  const { state = ACTIVE, optionType = 4 } = by;
  const position = {
    positionId: 12n,
    strikeId: 5n,
    optionType,
    amount: 3n * WAD,
    collateral: 900n * WAD,
    state,
  };
  const indexed = { positionId: 12n, owner: by.owner ?? owner, updatedType: type };
  return log(deployment.optionToken, positionUpdated, indexed, [position, 1000n]);
}

const transferred = (from: Address, to: Address) =>
  log(deployment.optionToken, transfer, { from, to, tokenId: 12n }, []);

const parameters = (floor: bigint, cap: bigint) =>
  log(deployment.greekCache, greekCacheEvents[0], {}, [
    {
      ...{ maxStrikesPerBoard: 30n, acceptableSpotPricePercentMove: 0n, staleUpdateDuration: 0n },
      ...{ varianceIvGWAVPeriod: 60n, varianceSkewGWAVPeriod: 60n, optionValueIvGWAVPeriod: 60n },
      ...{ optionValueSkewGWAVPeriod: 60n, gwavSkewFloor: floor, gwavSkewCap: cap, rateAndCarry: -5n },
    },
  ]);
const skew = (value: bigint) => log(deployment.greekCache, greekCacheEvents[4], {}, [5n, value, 0n]);

const open = () => lyraDecoder(deployment, nothingLearned());

describe('lyraDecoder', () => {
  test('a position is what its log says, at its strike, named by its id', () => {
    expect(open()(updated(OPENED))).toMatchObject([
      {
        ...{ kind: 'PositionChanged', venue: deployment.id, market: 'strike:5', owner, position: '12' },
        change: { form: 'option', type: 'short-put-quote', amountWad: 3n * WAD, collateral: 900n * WAD },
        ...{ block: 7, logIndex: 3, part: 0 },
      },
    ]);
  });

  test('a position that is no longer active is gone', () => {
    const [fact] = open()(updated(LIQUIDATED, { state: GONE }));
    expect(fact).toHaveProperty('change', { form: 'option', closed: true });
  });

  test('a position given away is the new owner’s and no longer the old one’s', () => {
    const decode = open();
    expect(decode(updated(TRANSFERRED, { owner: heir }))).toMatchObject([{ owner: heir }]);
    const given = decode(transferred(owner, heir));
    expect(given).toMatchObject([{ owner, market: 'strike:5', position: '12', change: { closed: true } }]);
    expect(decode(transferred(owner, heir))).toEqual(given);
  });

  test('minting, burning and giving to oneself say nothing beside the position’s own log', () => {
    const decode = open();
    decode(updated(TRANSFERRED));
    const logs = [transferred(nobody, owner), transferred(owner, nobody), transferred(owner, owner)];
    expect(logs.flatMap(decode)).toEqual([]);
  });

  test('a skew enters averages within its bounds, which a restart remembers', () => {
    const decode = open();
    const facts = decode(parameters(WAD / 2n, 2n * WAD));
    expect(facts).toMatchObject([
      { market: 'options', patch: { averaging: { rateAndCarryWad: -5n }, baseFollows: address('8') } },
    ]);
    const learned = nothingLearned();
    relearn(learned, deployment.id, facts);
    for (const ours of [decode, lyraDecoder(deployment, learned)]) {
      const [high] = ours(skew(3n * WAD));
      expect(high).toHaveProperty('volatility', {
        form: 'option',
        valueWad: 3n * WAD,
        averagedWad: 2n * WAD,
      });
      expect(ours(skew(1n))[0]).toHaveProperty('volatility.averagedWad', WAD / 2n);
      expect(ours(skew(WAD))[0]).toHaveProperty('volatility.averagedWad', WAD);
    }
  });

  test('what cannot be read is quarantined', () => {
    const whole = updated(OPENED);
    const cut = { ...whole, data: whole.data.slice(0, -64) as Hex };
    const noTopics = { ...whole, topics: whole.topics.slice(0, 2) };
    const zeroVolatility = log(deployment.greekCache, greekCacheEvents[3], {}, [1n, 0n, 0n]);
    const strange = [cut, noTopics, updated(OPENED, { optionType: 9 }), transferred(owner, heir), skew(WAD)];
    for (const one of [...strange, zeroVolatility]) {
      expect(open()(one)).toMatchObject([{ kind: 'Quarantined', source: deployment.id, data: one.data }]);
    }
  });

  test('other contracts and events say nothing', () => {
    expect(open()({ ...updated(OPENED), address: address('f') })).toEqual([]);
    expect(open()({ ...updated(OPENED), topics: [`0x${'00'.repeat(32)}`] })).toEqual([]);
    const board = log(deployment.optionMarket, optionMarketEvents[0], { boardId: 2n }, [5_000n, WAD, true]);
    expect(open()(board)).toMatchObject([{ market: 'board:2', patch: { expiry: 5_000, isFrozen: true } }]);
  });
});
