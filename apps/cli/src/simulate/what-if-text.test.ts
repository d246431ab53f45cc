import { parseOverride } from '@undertow/book';
import { moveNamed, whatIf } from '@undertow/cascade';
import { crowdBook } from '../../../../libs/cascade/src/fixtures/crowd-books.ts';
import { whatIfText } from './what-if-text.ts';

const book = crowdBook();
const shown = (set: readonly string[], move: number) => {
  const overrides = set.map((text) => parseOverride(book, text));
  const moves = move === 0 ? [] : [moveNamed(book, 'ETH', move)];
  const answer = whatIf(book, overrides, { moves });
  return { answer, text: whatIfText({ book, overrides, answer }, 100) };
};
const lower = ['aave30 ETH liquidationThreshold=0.70', 'aave30 ETH loanToValue=0.7'];

describe('whatIfText', () => {
  it('begins with the accounts that the change alone makes liquidatable, loudly and the largest by name', () => {
    const { answer, text } = shown(lower, -0.1);
    const top = text.slice(0, text.indexOf('\n\n'));
    expect(answer.madeDue).toHaveLength(3);
    expect(top.replaceAll('\n', ' ')).toMatch(/^!! THE CHANGE ALONE MAKES 3 ACCOUNTS LIQUIDATABLE,/);
    expect(top).toContain('they owe 311.5K USD.');
    const largest = answer.madeDue[0]!;
    expect(top).toMatch(new RegExp(`^${largest.owner} +aave30 +\\S+ +1\\.099 +0\\.962$`, 'm'));
  });

  it('says so of one, and of nobody', () => {
    expect(shown(['aave30 ETH liquidationThreshold=0.725', ...lower.slice(1)], 0).text).toMatch(
      /^!! THE CHANGE ALONE MAKES 1 ACCOUNT LIQUIDATABLE.* it owes\s/s,
    );
    expect(shown(['aave30 closeFactor=1'], -0.1).text).toMatch(/^The change alone makes nobody liquidatable/);
  });

  it('shows before and after side by side, headline and figures', () => {
    const { answer, text } = shown(lower, -0.1);
    expect(text).toMatch(/^BEFORE THE CHANGE\n\S.*\n/m);
    expect(text).toMatch(/^AFTER THE CHANGE\n\S.*\n/m);
    const { before, after } = answer;
    expect(after.accounts).toBeGreaterThan(before.accounts);
    expect(text).toMatch(
      new RegExp(
        `^Accounts liquidated +${before.accounts} +${after.accounts} +\\+${after.accounts - before.accounts}$`,
        'm',
      ),
    );
    expect(text).toMatch(/^aave30 +.* \d/m);
    expect(text).toMatch(/^ETH +−\S+ % +−\S+ % /m);
    expect(text).toContain('ETH −10 %: ETH −10 %, wstETH −10 %');
    expect(text).toContain('Changed: aave30 ETH liquidationThreshold=0.7; aave30 ETH loanToValue=0.7.');
  });

  it('says of caps and loan-to-value that they change nothing here', () => {
    const { text } = shown(['aave30 ETH loanToValue=0.5', 'aave30 USDC borrowCap=5'], -0.3);
    const flat = text.replaceAll('\n', ' ');
    expect(flat).toContain('NOTE: caps and loan-to-value limit new borrowing only');
    expect(flat).toMatch(/aave30 ETH loanToValue=0\.5; aave30 USDC borrowCap=5 changes no figure here/);
    expect(text).toContain('The change makes no difference to these figures.');
    expect(shown(['aave30 closeFactor=1'], -0.3).text).not.toContain('NOTE');
  });

  it('shows what moves twice where the change lets oracles move otherwise', () => {
    const { text } = shown(['morpho wstETH oracle=constant'], -0.3);
    expect(text).toContain('ETH −30 %: ETH −30 %, wstETH −30 %');
    expect(text).toContain('wstETH −30 % (oracles −30 % and 0 %)');
  });

  it('fits the terminal', () => {
    for (const line of shown(lower, -0.4).text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
