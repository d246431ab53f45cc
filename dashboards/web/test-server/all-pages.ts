import { readdirSync } from 'node:fs';
import { answerOf } from '../src/frame/asked.ts';
import { askedBy, type Page } from '../src/frame/page.ts';
import type { State } from '../src/frame/state.ts';
import type { Markup } from '../src/markup/element.ts';
import { TABS } from '../src/scenario/tabs.ts';
import { DEFAULT_ADVICE } from '../src/sections/advice-form/choice.ts';
import { accounts } from '../src/sections/accounts/asked.ts';
import { answered, drawn } from './draw-page.ts';
import { TOY_ADVICES } from './toy-advices.ts';
import { TOY_REPORT } from './toy-reports.ts';
import { TOY_SWEEP } from './toy-sweeps.ts';
import { toyAnswer } from './toy-answers.ts';

const FOLDER = new URL('../src/pages/', import.meta.url);

/** Every page, by the name of its folder. */
export async function pages(): Promise<Readonly<Record<string, Page>>> {
  const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const loaded = names.map(async ({ name }) => {
    const { page } = (await import(new URL(`${name}/page.ts`, FOLDER).href)) as { page: Page };
    return [name, page] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}

/** An advice, and a change that somebody typed. */
const ADVICE: State['advice'] = {
  ...DEFAULT_ADVICE,
  chosen: { kind: 'liquidationThreshold', venue: 'aave-v3', market: 'WETH' },
  judged: 'aave-v3 WETH liquidationThreshold=0.7',
};

/** What the addresses of pages of a single thing name. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  advice: { id: TOY_ADVICES },
  asset: { symbol: 'WETH' },
  market: { id: 'aave-v3', market: 'WETH' },
  reports: { id: TOY_REPORT },
  sweep: { id: TOY_SWEEP },
  venue: { id: 'aave-v3' },
};

/** Every page as it is drawn when all that it asks is answered and every chart has room; that of scenarios with each of its tabs. */
export async function windows(state: State): Promise<readonly (readonly Markup[])[]> {
  const { owner = '' } = answerOf(state, accounts).value?.nodes[0] ?? {};
  const parts = { ...PARTS, account: { address: owner } };
  const wide = new Proxy({}, { get: () => 700 });
  const stands = Object.entries(await pages()).flatMap(([name, page]) => {
    const at = { page: name, path: `/${name}`, parts: parts[name as keyof typeof parts] ?? {} };
    const here: State = { ...state, at, widths: wide, advice: ADVICE };
    return name === 'scenario'
      ? TABS.map(({ id }) => ({ page, here: { ...here, tab: id } }))
      : [{ page, here }];
  });
  const shown: (readonly Markup[])[] = [];
  for (const { page, here } of stands) shown.push(drawn(page, await allAnswered(page, here)));
  return shown;
}

/** The state in which all that a page asks is answered, by the stand-in. */
async function allAnswered(page: Page, state: State): Promise<State> {
  const usual = globalThis.fetch;
  globalThis.fetch = async (_address, init) => {
    const { query, variables } = JSON.parse(String(init?.body)) as {
      query: string;
      variables: Record<string, unknown>;
    };
    return Response.json({ data: await toyAnswer(query, variables) });
  };
  try {
    let known = state;
    for (const asked of askedBy(page)) {
      if (answerOf(known, asked).value !== undefined || asked.isAsked?.(known) === false) continue;
      known = answered(known, asked, await asked.load(known, new AbortController().signal));
    }
    return known;
  } finally {
    globalThis.fetch = usual;
  }
}
