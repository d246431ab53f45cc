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
      'simulate',
      'venues',
      'account',
      'validate',
      'doctor',
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
    [['start', '--rpc', 'ws://x'], /http:\/\/ or https:\/\//],
    [['validate', '--shock', '-1'], /above -1/],
    [['simulate', '--shock', 'WETH:-0.2'], /WETH=-0\.2/],
    [['simulate', '--shock', 'WETH=-0.2', 'left over'], /too many arguments/],
    [['simulate', '--shock', 'WETH=-0.2', '--volatility', '-1'], /above -1/],
    [['account'], /missing required argument 'address'/],
    [['account', '0x12'], /must be an address: 0x and 40 hexadecimal digits/],
    [['account', `0x${'g'.repeat(40)}`], /must be an address/],
    [['venues', '--block', '-1'], /whole number/],
  ])('refuses %j', async (args, message) => {
    const { said, error } = await run(...args);
    expect(error).toBeInstanceOf(CommanderError);
    expect((error as CommanderError).exitCode).not.toBe(0);
    expect(said).toMatch(message);
  });

  it('wants a shock or a volatility', async () => {
    const { error } = await run('simulate');
    expect(error).toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/Nothing moves: give/),
    });
    const volatility = await run('simulate', '--volatility', '0.5', '--book', 'no-such-file.json');
    expect(volatility.error).not.toMatchObject({ message: expect.stringMatching(/Nothing moves/) });
  });

  it('wants --rpc and --chain together', async () => {
    expect((await run('start', '--chain', '1')).error).toMatchObject({ name: 'UsageError' });
    expect((await run('start', '--rpc', 'http://x')).error).toMatchObject({ name: 'UsageError' });
  });
});
