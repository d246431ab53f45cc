import { serveForTests, type TestServer } from '../../dashboards/web/test-server/serve.ts';
import { builtDashboard, startBrowser, type Browser, type Look, type UndertowPage } from './undertow-page.ts';

/** One page at a time, in a browser that all tests of a file share. */
export interface ShownPages {
  /** The stand-in that answers. */
  readonly server: () => TestServer;
  /** Opens a path, or a whole address; the page before is closed by whoever opens several in one test. */
  readonly open: (path: string, look?: Look) => Promise<UndertowPage>;
  /** The page that was opened last in this test. */
  readonly shown: () => UndertowPage | undefined;
}

interface Wanted {
  /** Whether each test has a stand-in of its own, which it may bend. */
  readonly isBent?: boolean;
  /** The address of something else that answers: then there is no stand-in. */
  readonly instead?: string | undefined;
}

/**
 * Starts a browser and a stand-in for the tests of a file. After each of them its page is closed, and must have had no trouble.
 */
export function shownPages({ isBent = false, instead }: Wanted = {}): ShownPages {
  let browser: Browser;
  let server: TestServer | undefined;
  let shown: UndertowPage | undefined;
  const serve = async (): Promise<void> => {
    if (instead === undefined) server = await serveForTests();
  };
  const stop = async (): Promise<void> => server?.[Symbol.asyncDispose]();
  beforeAll(async () => {
    await builtDashboard();
    browser = await startBrowser();
  });
  afterAll(async () => browser?.[Symbol.asyncDispose]());
  if (isBent) beforeEach(serve);
  else {
    beforeAll(serve);
    afterAll(stop);
  }
  afterEach(async () => {
    const troubles = shown?.troubles ?? [];
    await shown?.page.close();
    shown = undefined;
    if (isBent) await stop();
    expect(troubles).toEqual([]);
  });
  const standIn = (): TestServer => {
    if (!server) throw new Error('these tests have no stand-in');
    return server;
  };
  return {
    server: standIn,
    open: async (path, look = {}) =>
      (shown = await browser.open(new URL(path, instead ?? standIn().url).href, look)),
    shown: () => shown,
  };
}
