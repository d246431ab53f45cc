import '../end-with-parent.ts';
import {
  startExchangeServer,
  type ExchangeServer,
} from '../../libs/exchanges/src/fixtures/exchange-server.ts';

// Three exchanges in a process of their own, each of which says every market anew ten times a second. Prints their addresses.

const CODES = 'AAVE ARB BAL COMP CRV DAI ENS ETH LDO LINK MKR OP RPL SNX UNI USDC WBTC'.split(' ');
const EVERY_MS = 100;

const servers = new Map<string, { readonly server: ExchangeServer; readonly symbols: readonly string[] }>();
for (const [id, quote] of [
  ['kraken', 'USD'],
  ['binance', 'USDT'],
  ['binanceus', 'USDT'],
] as const) {
  const symbols = CODES.map((code) => `${code}/${quote}`);
  const server = await startExchangeServer(id === 'kraken' ? 'kraken' : 'binance');
  servers.set(id, { server, symbols });
  for (const symbol of symbols) server.say(symbol, { price: 100, timeMs: Date.now() });
}

let turn = 0;
setInterval(() => {
  turn += 1;
  for (const { server, symbols } of servers.values())
    for (const [row, symbol] of symbols.entries())
      server.say(symbol, { price: 100 + Math.sin(turn / 50 + row), timeMs: Date.now() });
}, EVERY_MS);

const urls = [...servers].map(([id, { server }]) => ({ id, urls: server.urls }));
process.stdout.write(`${JSON.stringify(urls)}\n`);
