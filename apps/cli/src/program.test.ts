import { BEHAVIOURS, GIVEN, LOSSES_OF, PARAMETER_KINDS } from '@undertow/advice';
import { MARKET_TERMS, VENUE_TERMS } from '@undertow/book';
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';

async function run(...args: string[]): Promise<{ said: string; error: unknown }> {
  let said = '';
  const write = (text: string): void => void (said += text);
  const program = buildProgram();
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeOut: write, writeErr: write });
  const error = await program.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { said, error };
}

const NAMES = buildProgram().commands.map((command) => command.name());

describe('undertow', () => {
  it('has the commands that the README names', () => {
    expect(NAMES).toEqual([
      'start',
      'devnet',
      'export',
      'import',
      'simulate',
      'sweep',
      'stress',
      'advise',
      'report',
      'verify',
      'sign',
      'venues',
      'account',
      'margin',
      'calls',
      'history',
      'lag',
      'cap-update',
      'validate',
      'doctor',
      'to-timescale',
    ]);
  });

  it.each(NAMES)('explains %s with an example', async (name) => {
    const { said, error } = await run(name, '--help');
    expect(error).toMatchObject({ exitCode: 0 });
    expect(said).toMatch(new RegExp(`Examples?:\n  undertow ${name}`));
  });

  it('says in the help of validate when it fails', async () => {
    const { said } = await run('validate', '--help');
    expect(said).toMatch(/Exits with 1[^]*same[^]*within 0\.5 %[^]*within 0\.5 %[^]*bad debt[^]*within 1 %/);
  });

  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['start', '--prot', '1'], /unknown option '--prot'/],
    [['start', '--accounts', 'many'], /whole number from 1 to 100000/],
    [['start', '--port', '70000'], /from 0 to 65535/],
    [['start', '--exchanges', 'kraken,mtgox'], /"mtgox" can be watched\. Known: binance, .*kraken/],
    [['start', '--exchanges', 'kraken', '--exchange-coins', 'a/b'], /"a\/b" is not what an exchange calls/],
    [['start', '--rpc', 'ws://x'], /http:\/\/ or https:\/\//],
    [['validate', '--shock', '-1'], /above -1/],
    [['cap-update', 'x', '--ratio', '1'], /required option '--since <time>'/],
    [['cap-update', 'x', '--ratio', '0', '--since', '2026-03-03'], /ratio must be a number above 0/],
    [
      ['cap-update', 'x', '--ratio', '1', '--since', '0', '--most-change', '300%'],
      /from 0 to 1 or in percent/,
    ],
    [['simulate', '--shock', 'ETH:-0.2'], /must look like ETH=-0\.2 or ETH=-20%/],
    [['simulate', '--shock', 'ETH=NaN'], /must be a number/],
    [['simulate', '--shock', 'ETH=-100%'], /above -1 \(-100 %\)/],
    [['simulate', '--shock', 'ETH=-30'], /for 30 % down write -30%/],
    [['simulate', '--shock', 'ETH=-1%', '--shock', 'ETH=-2%'], /ETH is given twice/],
    [['simulate', '--shock', 'ETH=-0.2', '--volatility', '-1'], /above -1/],
    [['sweep', '--grid', 'ETH'], /must look like ETH=-10%,-20%,-30%/],
    [['sweep', '--grid', 'ETH=-10%,-100%'], /above -1/],
    [['sweep', '--tail', '99'], /a share between 0 and 1 such as 0\.99 or 99%/],
    [['sweep', '--horizon', '1y'], /a time above 0 such as/],
    [['sweep', '--model', 'normal'], /Allowed choices are historical, student-t, filtered/],
    [['simulate', '--liquidators', 'greedy'], /Allowed choices are rational, unlimited, capital/],
    [['simulate', '--oracles', 'never'], /Allowed choices are between, within/],
    [['simulate', '--depositors', 'burn'], /Allowed choices are sell, hold/],
    [['simulate', '--gas', '-1'], /Gas must be a number of at least 0/],
    [['simulate', '--capital', '0'], /Capital must be a number above 0/],
    [['simulate', '--depth', '0'], /Depth must be a number above 0/],
    [['simulate', '--max-rounds', '0'], /whole number of at least 1/],
    [['account'], /missing required argument 'address'/],
    [['account', '0x12'], /must be an address: 0x and 40 hexadecimal digits/],
    [['account', `0x${'g'.repeat(40)}`], /must be an address/],
    [['margin', '0x12'], /must be an address/],
    [['margin', `0x${'1'.repeat(40)}`, '--confidence', '99'], /a share between 0 and 1/],
    [['margin', `0x${'1'.repeat(40)}`, '--method', 'guess'], /historical, ewma, garch, student-t, normal/],
    [['venues', '--block', '-1'], /whole number/],
    [['venues', 'left over'], /too many arguments/],
    [
      ['history', 'weather'],
      /Allowed choices are feed, pool, exchange, market, account, liquidations, measure, measures/,
    ],
    [['history', 'feed', 'ETH / USD', '--from', 'yesterday'], /must be a date such as 2024-01-31/],
    [['history', 'feed', 'ETH / USD', '--step', 'week'], /Allowed choices are minute, hour, day/],
    [['history', 'feed', 'ETH / USD', '--first', '0'], /whole number from 1 to 20000/],
  ])('refuses %j', async (args, message) => {
    const { said, error } = await run(...args);
    expect(error).toBeInstanceOf(CommanderError);
    expect((error as CommanderError).exitCode).not.toBe(0);
    expect(said).toMatch(message);
  });

  it('wants something that moves or is set', async () => {
    const { error } = await run('simulate', '--depth', '0.5');
    expect(error).toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/Nothing moves: give --shock.*--volatility.*--set/),
    });
  });

  it('explains every way to name a move and to change a term', async () => {
    const { said } = await run('simulate', '--help');
    for (const kind of ['market:', 'rate:', 'oracle:', 'feed:', 'liquidationThreshold=', 'closeFactor='])
      expect(said).toContain(kind);
    for (const term of [...MARKET_TERMS, ...VENUE_TERMS, 'oracle=', 'depth=']) expect(said).toContain(term);
    expect(said.replaceAll(/\s+/g, ' ')).toContain('Caps and loan-to-value limit new borrowing only');
  });

  it('says which parameters are advised, of which losses, and what may be given', async () => {
    const { said } = await run('advise', '--help');
    for (const name of [...PARAMETER_KINDS, ...LOSSES_OF, ...BEHAVIOURS, ...GIVEN].filter(
      (one) => one !== 'hourly-returns',
    ))
      expect(said).toContain(name);
  });

  it('wants --rpc and --chain together', async () => {
    expect((await run('start', '--chain', '1')).error).toMatchObject({ name: 'UsageError' });
    expect((await run('start', '--rpc', 'http://x')).error).toMatchObject({ name: 'UsageError' });
  });

  it('wants to know where coins are traded, and says which are watched by default', async () => {
    expect((await run('start', '--exchange-coins', 'SOL')).error).toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/--exchange-coins needs --exchanges/),
    });
    const { said } = await run('start', '--help');
    expect(said).toMatch(/Exchanges: binance, [^]*kraken[^]*cbETH[^]*ETH \(for WETH\)/);
  });
});
