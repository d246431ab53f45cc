import { serveForTests, type TestServer } from '../../dashboards/web/test-server/serve.ts';
import { builtDashboard, startBrowser, type Browser, type UndertowPage } from './undertow-page.ts';

/** One page at a time of the stand-in, in a browser that all tests of a file share. */
export interface ShownPages {
  readonly server: () => TestServer;
  /** Opens a path, or a whole address; the page before is closed by whoever opens several in one test. */
  readonly open: (path: string, look?: Parameters<Browser['open']>[1]) => Promise<UndertowPage>;
  /** The page that was opened last in this test. */
  readonly shown: () => UndertowPage | undefined;
}

/** Starts browser and stand-in for the tests of a file. After each of them its page is closed, and must have had no trouble. */
export function shownPages(): ShownPages {
  let browser: Browser;
  let server: TestServer;
  let shown: UndertowPage | undefined;
  beforeAll(async () => {
    await builtDashboard();
    [browser, server] = [await startBrowser(), await serveForTests()];
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    const troubles = shown?.troubles ?? [];
    await shown?.page.close();
    shown = undefined;
    expect(troubles).toEqual([]);
  });
  return {
    server: () => server,
    open: async (path, look = {}) => (shown = await browser.open(new URL(path, server.url).href, look)),
    shown: () => shown,
  };
}
