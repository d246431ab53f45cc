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
 * How answers come to be drawn: as they come, or once all that the page asks is answered: one by one, each drawn before the next, of
 * those that wait the one that was asked last first; or together, so that all that moves moves in one frame and counts for most.
 */
export type Answers = 'as they come' | 'one by one' | 'together';

/** Holds the answers back on every page that is opened in this tab from now on, and lets them go in an order. */
export async function holdAnswers(page: Page, order: Exclude<Answers, 'as they come'>): Promise<void> {
  await page.addInitScript((isTogether) => {
    const held: { asked: number; draw: () => void }[] = [];
    let count = 0;
    let underWay = 0;
    let isDrawing = false;
    const go = (): void => {
      if (underWay > 0 || isDrawing) return;
      if (isTogether) for (const { draw } of held.splice(0)) draw();
      const last = held.sort((a, b) => a.asked - b.asked).pop();
      if (!last) return;
      isDrawing = true;
      last.draw();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          isDrawing = false;
          go();
        }),
      );
    };
    const ask = window.fetch.bind(window);
    window.fetch = async (...question) => {
      const asked = count++;
      underWay += 1;
      try {
        const response = await ask(...question);
        const text = await response.text();
        return new Response(text, response);
      } finally {
        underWay -= 1;
        await new Promise<void>((draw) => {
          held.push({ asked, draw });
          go();
        });
      }
    };
  }, order === 'together');
}
