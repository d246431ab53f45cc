import type { Page } from 'playwright-core';

/** What jumped: how much by the browser's own measure (0 = nothing), and which parts. */
export interface Shifts {
  readonly sum: number;
  readonly parts: readonly string[];
}

/** Notes what jumps on every page that is opened in this tab from now on. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted: { value: number; parts: string[] }[] = [];
    Object.assign(window, { noted });
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly sources: readonly { readonly node: Node | null }[];
    }
    const nameOf = (node: Node | null): string => {
      const element = node instanceof Element ? node : node?.parentElement;
      return element?.id || element?.closest('[id]')?.id || element?.className.toString() || 'unknown';
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[])
        noted.push({ value: entry.value, parts: entry.sources.map(({ node }) => nameOf(node)) });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What has jumped since the page was opened. */
export async function shiftsOf(page: Page): Promise<Shifts> {
  return page.evaluate(() => {
    const { noted } = window as unknown as { noted: { value: number; parts: string[] }[] };
    return {
      sum: noted.reduce((sum, { value }) => sum + value, 0),
      parts: noted.map(({ value, parts }) => `${value.toFixed(3)}: ${parts.join(', ')}`),
    };
  });
}

/**
 * Opens an address so that its answers come one by one, each drawn before the next: of the questions that wait the one that was
 * asked last is answered first. Ends when all are answered.
 */
export async function openOneByOne(page: Page, url: string): Promise<void> {
  const waiting: (() => Promise<void>)[] = [];
  await page.route('**/graphql', (route) => {
    waiting.push(async () => route.fulfill({ response: await route.fetch() }));
  });
  await page.goto(url);
  const isBusy = () =>
    page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const isLive = document.querySelector('.connection.live') !== null;
      return (
        !isLive ||
        document.querySelector('h1') === null ||
        document.querySelector('[aria-busy=true]') !== null
      );
    });
  while ((await isBusy()) || waiting.length > 0) await waiting.pop()?.();
  await page.unrouteAll();
}
