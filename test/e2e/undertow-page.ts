import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { holdAnswers, shiftsOf, watchShifts, type Answers, type Shifts } from './layout-shifts.ts';

const CHROMIUM = process.env['UNDERTOW_CHROMIUM'] ?? '/usr/bin/chromium';

const BUILD = join(import.meta.dirname, '..', '..', 'dashboards', 'web', 'build.mjs');

/** Builds the page when its sources have changed; in a process of its own, as the bundler is native code that a test's sandbox breaks. */
export async function builtDashboard(): Promise<void> {
  await promisify(execFile)(process.execPath, [BUILD]);
}

/** A headless Chromium with an empty profile that is gone when it closes. */
export interface Browser extends AsyncDisposable {
  /** Opens the page at an address. */
  open(url: string, look?: Look): Promise<UndertowPage>;
}

/** How a page is looked at: light, in 1,440 × 900 pixels, its answers drawn as they come, unless something else is said. */
export interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly answers?: Answers;
}

/** Starts Chromium; says how to get it when it is not there. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `no Chromium at ${CHROMIUM}; install it (apt-get install chromium) or set UNDERTOW_CHROMIUM`,
    );
  }
  const profile = mkdtempSync(join(tmpdir(), 'undertow-chromium-'));
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args,
  });
  return {
    open: (url, look) => openPage(context, url, look),
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function openPage(
  context: BrowserContext,
  url: string,
  { colorScheme = 'light', width = 1_440, height = 900, answers = 'as they come' }: Look = {},
): Promise<UndertowPage> {
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height });
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.stack ?? error.message));
  page.on('console', (message) => {
    // A connection that fails is part of some tests, and Chromium prints it whatever the page does.
    if (message.type() === 'error' && !/ERR_CONNECTION|WebSocket connection/.test(message.text()))
      troubles.push(message.text());
  });
  await watchShifts(page);
  if (answers !== 'as they come') await holdAnswers(page, answers);
  await page.goto(url);
  return new UndertowPage(page, troubles);
}

/** What a person sees and does on the page, by name; the tests speak only in these words. */
export class UndertowPage {
  readonly page: Page;
  /** Errors of scripts and of the content policy since it was opened. */
  readonly troubles: readonly string[];

  constructor(page: Page, troubles: readonly string[]) {
    this.page = page;
    this.troubles = troubles;
  }

  get cells(): Locator {
    return this.page.getByRole('gridcell');
  }
  /** What liquidators did, in a sentence: behind the tab of rounds. */
  get headline(): Locator {
    return this.page.locator('#cascade .headline');
  }
  /** What is lost, in a sentence: the first thing on the page of scenarios. */
  get loss(): Locator {
    return this.page.locator('#loss .headline');
  }
  /** Under changed terms: both runs. */
  get whatIf(): Locator {
    return this.page.locator('#what-if');
  }
  /** Whom the change of terms alone makes liquidatable. */
  get madeDue(): Locator {
    return this.page.locator('#made-due-part');
  }
  get chosen(): Locator {
    return this.page.locator('[role=gridcell][aria-selected=true]');
  }
  /** What one address has, an article for each of its accounts. */
  get ownerCards(): Locator {
    return this.page.locator('#account article');
  }
  get accountRows(): Locator {
    return this.page.locator('#accounts tbody tr:not(.legs)');
  }

  /** Waits until what the page is about is there: on the page of scenarios the map and what is lost, elsewhere the first section. */
  async ready(): Promise<this> {
    const isScenario = new URL(this.page.url()).pathname === '/scenario';
    if (isScenario) await this.cells.first().waitFor();
    await this.page
      .locator(isScenario ? '#loss .headline' : 'main .panel-body, main .tiles .value:not(:text("…"))')
      .first()
      .waitFor();
    return this;
  }

  /** Waits until it is known where the screen stands, and all that the page asks is answered. */
  async settled(): Promise<this> {
    await this.page.locator('.connection.live').waitFor();
    await this.page.locator('.pin:enabled').waitFor();
    await this.page.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelector('[aria-busy=true]') === null,
    );
    return this;
  }

  /** What has jumped since the page was opened. */
  shifts(): Promise<Shifts> {
    return shiftsOf(this.page);
  }

  /** What stands under the header, in one line, without how long ago things were. */
  async written(): Promise<string> {
    const text = await this.page.locator('main').evaluate((main) => {
      const copy = main.cloneNode(true) as HTMLElement;
      for (const ago of copy.querySelectorAll('time')) ago.remove();
      return copy.textContent;
    });
    return text.replace(/\s+/g, ' ');
  }

  /** The rows of a table as they are read, by the names of its columns. */
  async rowsOf(table: string): Promise<Record<string, string>[]> {
    return this.page
      .locator(`#table-${table} tbody tr:not(.legs, .room)`)
      .evaluateAll((rows) =>
        rows.map((row) =>
          Object.fromEntries(
            [...row.children].map((cell) => [
              cell.getAttribute('data-label'),
              (cell as HTMLElement).innerText,
            ]),
          ),
        ),
      );
  }

  /** Brings another part of the scenario's answer forward. */
  async openTab(
    name: 'Result' | 'Round by round' | 'Between venues' | 'Accounts hit' | 'Compare',
  ): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  /** Waits until the cascade on screen is the one of a scenario, such as `ETH −20 %`; its sentence and rows of rounds. */
  async cascadeOf(scenario: string): Promise<{ headline: string; rounds: number }> {
    await this.headline.filter({ hasText: `${scenario}:` }).waitFor();
    // Both read in one step: a live chain may redraw between two.
    return this.page.locator('#cascade').evaluate((panel) => ({
      headline: panel.querySelector('.headline')?.textContent ?? '',
      rounds: panel.querySelectorAll('#cascade-rounds tbody tr').length,
    }));
  }

  /** The cell of a row by symbol and a move as a ratio. */
  cell(symbol: string, move: number): Locator {
    return this.page.locator(`[role=gridcell][aria-label^="${moveInWords(symbol, move)}:"]`);
  }

  /** Symbols of the rows, from top to bottom. */
  async symbols(): Promise<string[]> {
    const labels = await this.cells.evaluateAll((cells) =>
      cells.map((cell) => cell.getAttribute('aria-label') ?? ''),
    );
    return [...new Set(labels.map((label) => label.replace(/ [−+].*$/s, '')))];
  }

  /** Runs the question that is open in GraphiQL; its button does nothing as long as the editors of question and answer are on their way. */
  async executeQuery(): Promise<void> {
    for (const editor of ['.graphiql-query-editor', '.graphiql-response'])
      await this.page.locator(`${editor} .CodeMirror`).waitFor();
    await this.page.getByRole('button', { name: /execute query/i }).click();
  }

  async chooseMeasure(name: 'Loss' | 'Bad debt' | 'Stuck' | 'Liquidated' | 'Amplification'): Promise<void> {
    // The head of a column may have the same name.
    const measures = this.page.getByRole('group', { name: 'Measure', exact: true });
    await measures.getByRole('button', { name, exact: true }).click();
  }

  /** The address without its origin: all that is chosen. */
  link(): string {
    const { pathname, search, hash } = new URL(this.page.url());
    return pathname + search + hash;
  }

  /** Everything written on the page, tables folded up included. */
  async text(): Promise<string> {
    return this.page.locator('body').evaluate((body) => body.textContent ?? '');
  }

  /** True when something sticks out of the window sideways. */
  async isTooWide(): Promise<boolean> {
    // Charts are drawn anew for a width that they have just got.
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    return this.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  }

  /**
   * What axe finds against WCAG 2.2 AA and its best practices, or by some of its rules: each rule with the first place. Takes a fifth
   * of the time without a selector for every element that is as it should be, and without a window of its own for frames of other
   * origins, of which there are none.
   */
  async accessibilityFindings(within = 'body', rules?: readonly string[]): Promise<string[]> {
    const axe = new AxeBuilder({ page: this.page })
      .options({ resultTypes: ['violations'] })
      .setLegacyMode(true)
      .include(within);
    const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
    return violations.map(
      ({ id, nodes }) =>
        `${id} × ${nodes.length}: ${nodes[0]?.target.join(' ')} ${nodes[0]?.failureSummary ?? ''}`,
    );
  }
}

/** A move of one row as the page writes it: `ETH −20 %`, with its narrow space. */
export function moveInWords(symbol: string, move: number): string {
  return `${symbol} ${move < 0 ? '−' : '+'}${Number(Math.abs(move * 100).toFixed(1))}\u202f%`;
}
