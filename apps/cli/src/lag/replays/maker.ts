import { join } from 'node:path';
import { openText } from '../../import/open-text.ts';
import { readCsv } from '../../import/read-csv.ts';
import { table, usd } from '../../text-table.ts';
import { examined, LONGEST_MINUTES } from '../examined.ts';
import { readPrices } from '../read-prices.ts';
import type { Replayed } from '../replayed.ts';
import { minute, share } from '../words.ts';
import {
  hiddenOfEvenSpread,
  LEAST_RATIO,
  oracleHours,
  SPREAD_TO,
  type Auction,
  type OracleHour,
} from './maker-hours.ts';

const FROM = Date.UTC(2020, 2, 12) / 1_000;
const TO = Date.UTC(2020, 2, 13, 12) / 1_000;

/** Maker's OSM from November 2019 to April 2020, and hour by hour in the crash of 12 March. */
export async function playMaker(folder: string): Promise<Replayed> {
  const data = join(folder, 'maker-black-thursday');
  const { series: answers, faults: answerFaults } = await readPrices(join(data, 'osm_logvalue_events.csv'), {
    time: 'ts_interp',
    price: 'osm_effective_price_ethusd',
  });
  const market = await readPrices(join(data, 'ethusd_daiusd_5min_santiment.csv'), {
    time: 'datetime_utc',
    price: 'ethusd',
  });
  const auctions = await readAuctions(join(data, 'flip_auctions_eth_a.csv.gz'));
  const played = examined({
    title: 'Maker OSM, ETH / USD',
    answers,
    answerFaults,
    market,
    longest: LONGEST_MINUTES,
    names: { answers: 'OSM', market: 'market (Santiment)' },
    shown: { from: FROM, to: TO },
  });
  const hours = oracleHours({ answers, market: market.series, auctions }, FROM, TO);
  return {
    ...played,
    text: `${played.text}\n${hoursText(hours)}`,
    found: {
      ...played.found,
      hours: hours.map((hour) => ({ ...hour, hiddenOfEvenSpread: hiddenOfEvenSpread(hour) })),
    },
  };
}

async function readAuctions(path: string): Promise<Auction[]> {
  const auctions: Auction[] = [];
  for await (const batch of readCsv(openText(path)))
    for (const { cells } of batch) {
      const { lastbid_timestamp: at, lot, best_price_ethdai: bid } = cells as Record<string, string>;
      const auction = { lastBidAt: Number(at), lot: Number(lot), bid: Number(bid) };
      if (Object.values(auction).every(Number.isFinite)) auctions.push(auction);
    }
  return auctions;
}

/** Hours in which nothing was hidden and nothing auctioned say nothing. */
const isTelling = ({ greatestDeviation, auctions }: OracleHour) => greatestDeviation >= 0.02 || auctions > 0;

function hoursText(hours: readonly OracleHour[]): string {
  const rows = hours
    .filter(isTelling)
    .map((hour) => [
      minute(hour.time),
      hour.market.toFixed(2),
      hour.oracle.toFixed(2),
      share(hour.meanDeviation, 1),
      share(hour.greatestDeviation, 1),
      share(hour.hiddenBelowRatio, 0),
      share(hiddenOfEvenSpread(hour), 1),
      usd(hour.auctionedEth),
      usd(hour.belowOneDaiEth),
    ]);
  const head = [
    'hour (UTC)',
    'market',
    'OSM',
    'OSM above\nmarket, mean',
    'at most',
    'hidden below\na ratio of',
    'of an even\nspread',
    'ETH\nauctioned',
    'of it below\n1 DAI',
  ];
  return [
    'Hour by hour, 12 and 13 March 2020',
    '',
    table(head, rows),
    '',
    `Hidden were vaults that stood at ${share(LEAST_RATIO, 0)} or more at the OSM’s price and below it at the market’s: those with a ratio up to`,
    'the one in the table. How much debt that was nobody can say from the public files: they hold no vaults. "Of an even spread" is',
    `an assumption, no data: the share of vaults that would be hidden if they were spread evenly from ${share(LEAST_RATIO, 0)} to ${share(SPREAD_TO, 0)}. What was`,
    'auctioned is data, by the hour of the last bid: what the OSM had let through by then.',
    '',
  ].join('\n');
}
