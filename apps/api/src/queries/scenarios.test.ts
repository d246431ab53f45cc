import { serveDevnet, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  ({ api } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

interface Spread {
  readonly scenario: { readonly volatilityMove: number };
  readonly byVenue: readonly { readonly venue: string; readonly liquidatedUsd: number }[];
  readonly contagion: readonly {
    readonly cause: string;
    readonly venue: string;
    readonly liquidatedUsd: number;
  }[];
  readonly waterfall: readonly {
    readonly lossUsd: number;
    readonly fundUsd: number;
    readonly socialisedUsd: number;
    readonly leftUsd: number;
    readonly openUsd: number;
  }[];
  readonly flows: readonly { readonly soldUsd: number }[];
}

describe('what runs the engine', () => {
  it('runs a cascade that liquidates, and a heatmap that agrees with it', async () => {
    const { data } = await ask(`{
      cascade(moves: [{ what: "WETH", move: -0.5 }]) { accounts lossUsd bookHash rounds { index }
        scenario { moves { what } } byAccount(first: 1) { firstRound } }
      heatmap(moves: [-0.5, 0.5]) { bookHash moves rows { kind name cells { move accounts lossUsd } } } }`);
    const { cascade, heatmap } = data as unknown as {
      cascade: {
        accounts: number;
        lossUsd: number;
        bookHash: string;
        scenario: { moves: { what: string }[] };
        byAccount: unknown[];
      };
      heatmap: {
        bookHash: string;
        moves: number[];
        rows: { kind: string; name: string; cells: { move: number; accounts: number; lossUsd: number }[] }[];
      };
    };
    expect(cascade.accounts).toBeGreaterThan(0);
    expect(cascade.byAccount).toHaveLength(1);
    expect(heatmap).toMatchObject({ bookHash: cascade.bookHash, moves: [-0.5, 0.5] });
    const row = heatmap.rows.find(({ name }) => name === cascade.scenario.moves[0]?.what);
    expect(row?.kind).toBe('reference');
    // Two engines, which agree to the last digits but one.
    expect(row?.cells[0]).toMatchObject({ move: -0.5, accounts: cascade.accounts });
    expect(row!.cells[0]!.lossUsd / cascade.lossUsd).toBeCloseTo(1, 9);
    expect(heatmap.rows.some(({ cells }) => cells[1]!.accounts > 0)).toBe(true);
  });

  it('answers others while a long sweep runs, which ends when who asked for it leaves', async () => {
    const moves = Array.from({ length: 40 }, (_, i) => -(i + 1) / 44).join();
    const leaving = new AbortController();
    let isAnswered = false;
    const sweep = fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ heatmap(moves: [${moves}]) { rows { cells { lossUsd } } } }` }),
      signal: leaving.signal,
    }).then(() => (isAnswered = true));
    const { data } = await ask('{ cascade(moves: [{ what: "WETH", move: -0.41 }]) { accounts } }');
    expect(data).toMatchObject({ cascade: { accounts: expect.any(Number) } });
    expect(isAnswered).toBe(false);
    leaving.abort(new Error('left'));
    await expect(sweep).rejects.toThrow('left');
    expect(api.logged).toEqual([]);
  });

  it('says first who loses how much and what moved, by the names of the book', async () => {
    const { data } = await ask(`{ cascade(moves: [{ what: "WETH", move: -0.5 }], depthFactor: 0.5,
        policies: { liquidators: capital, capitalUsd: 1000, gasUsd: 5, oracles: within }) {
      headline lossUsd badDebtUsd shortfallUsd stuckUsd stuck { because debtUsd }
      scenario { moves { what move } depthFactor liquidators gasUsd capitalUsd oracles depositors }
      moves { asset { symbol } reference marketMove oracleMoves } band { between { lossUsd } within { lossUsd } } } }`);
    const { cascade } = data as unknown as {
      cascade: {
        headline: string;
        scenario: unknown;
        lossUsd: number;
        badDebtUsd: number;
        shortfallUsd: number;
        stuckUsd: number;
        stuck: { because: string; debtUsd: number }[];
        moves: { asset: { symbol: string }; reference: string; marketMove: number; oracleMoves: number[] }[];
        band: { within: { lossUsd: number } } | null;
      };
    };
    expect(cascade.headline).toMatch(/^(Lenders, funds and other traders lose|Nobody loses)/);
    expect(cascade.lossUsd).toBeCloseTo(cascade.badDebtUsd + cascade.shortfallUsd, 6);
    expect(cascade.band?.within.lossUsd).toBe(cascade.lossUsd);
    const weth = cascade.moves.find(({ asset }) => asset.symbol === 'WETH');
    expect(cascade.scenario).toEqual({
      moves: [{ what: weth?.reference, move: -0.5 }],
      ...{ depthFactor: 0.5, liquidators: 'capital', gasUsd: 5, capitalUsd: 1_000 },
      ...{ oracles: 'within', depositors: 'sell' },
    });
    // Money that is this scarce leaves debt that is due.
    expect(cascade.stuckUsd).toBeCloseTo(
      cascade.stuck.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
      6,
    );
    expect(weth?.marketMove).toBeCloseTo(-0.5, 9);
    expect(cascade.moves.some(({ marketMove }) => marketMove === 0)).toBe(true);
  });

  it('shows a change of terms before and after, and whom it alone makes liquidatable', async () => {
    const { data } = await ask(`{
      whatIf(moves: [], overrides: ["aave-v3@devnet WETH liquidationThreshold=40%", "aave-v3@devnet WETH supplyCap=1"]) {
        overrides withoutEffect bookHash madeDueAccounts madeDueUsd
        madeDue(first: 1) { venue debtUsd healthBefore healthAfter }
        before { bookHash accounts } after { bookHash overrides accounts lossUsd } }
      cascade(moves: [], overrides: ["aave-v3@devnet WETH liquidationThreshold=0.4", "aave-v3@devnet WETH supplyCap=1"]) {
        bookHash accounts lossUsd }
      markets { nodes { venue name terms { field value } collateral { symbol } } }
      venues { nodes { id terms { field value } } } }`);
    const { whatIf, cascade, markets, venues } = data as unknown as {
      whatIf: {
        overrides: string[];
        withoutEffect: string[];
        bookHash: string;
        madeDueAccounts: number;
        madeDueUsd: number;
        madeDue: { venue: string; debtUsd: number; healthBefore: number; healthAfter: number }[];
        before: { bookHash: string; accounts: number };
        after: { bookHash: string; overrides: string[]; accounts: number; lossUsd: number };
      };
      cascade: { bookHash: string; accounts: number; lossUsd: number };
      markets: {
        nodes: { venue: string; name: string; terms: { field: string; value: number | null }[] }[];
      };
      venues: { nodes: { id: string; terms: { field: string; value: number }[] }[] };
    };
    const [threshold, cap] = [
      'aave-v3@devnet WETH liquidationThreshold=0.4',
      'aave-v3@devnet WETH supplyCap=1',
    ];
    expect(whatIf.overrides).toEqual([threshold, cap]);
    expect(whatIf.withoutEffect).toEqual([cap]);
    expect(whatIf.madeDueAccounts).toBeGreaterThan(0);
    expect(whatIf.madeDue).toHaveLength(1);
    const [first] = whatIf.madeDue;
    expect(first!.healthBefore).toBeGreaterThanOrEqual(1);
    expect(first!.healthAfter).toBeLessThan(1);
    expect(whatIf.madeDueUsd).toBeGreaterThanOrEqual(first!.debtUsd);
    expect(whatIf.bookHash).not.toBe(whatIf.before.bookHash);
    const { overrides, ...after } = whatIf.after;
    expect([overrides, after]).toEqual([whatIf.overrides, cascade]);
    expect(cascade.bookHash).toBe(whatIf.bookHash);
    const weth = markets.nodes.find(({ venue, name }) => venue === 'aave-v3@devnet' && name === 'WETH');
    expect(weth?.terms.find(({ field }) => field === 'liquidationThreshold')?.value).toBeGreaterThan(0.4);
    expect(venues.nodes.find(({ id }) => id === 'aave-v3@devnet')?.terms).toContainEqual({
      field: 'closeFactor',
      value: 0.5,
    });
  });

  it('says who hurt whom and who bears the losses, in sums that are the totals of the cascade', async () => {
    const { data } = await ask(`{ cascade(moves: [{ what: "WETH", move: -0.5 }], volatilityMove: 0.3) {
      scenario { volatilityMove } liquidatedUsd badDebtUsd
      contagion { cause venue liquidatedUsd badDebtUsd }
      waterfall { lossUsd fundUsd socialisedUsd leftUsd openUsd }
      flows { soldUsd boughtUsd } funds { venue before after } byVenue { venue liquidatedUsd } } }`);
    const { cascade } = data as unknown as { cascade: Spread };
    expect(cascade.scenario.volatilityMove).toBe(0.3);
    for (const { venue, liquidatedUsd } of cascade.byVenue) {
      const rows = cascade.contagion.filter((row) => row.venue === venue);
      expect(rows.reduce((sum, row) => sum + row.liquidatedUsd, 0)).toBeCloseTo(liquidatedUsd, 2);
    }
    expect(cascade.contagion.some(({ cause }) => cause !== 'shock')).toBe(true);
    for (const { lossUsd, fundUsd, socialisedUsd, leftUsd, openUsd } of cascade.waterfall)
      expect(fundUsd + socialisedUsd + leftUsd + openUsd).toBeCloseTo(lossUsd, 6);
    expect(cascade.flows.some(({ soldUsd }) => soldUsd > 0)).toBe(true);
  });

  it('says where a fall feeds itself by moves, as everything else', async () => {
    const { data } = await ask('{ reproduction(moves: [0, -0.2]) { moves lines { points { move } } } }');
    const { moves, lines } = data?.['reproduction'] as { moves: number[]; lines: { points: object[] }[] };
    expect(moves).toEqual([0, -0.2]);
    expect(lines[0]?.points).toEqual([{ move: 0 }, { move: -0.2 }]);
  });
});
