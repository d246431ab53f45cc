import type { AddressInfo } from 'node:net';
import compression from 'compression';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { EnginePool } from '@undertow/engine-pool';
import { PubSub } from 'graphql-subscriptions';
import { sep, join } from 'node:path';
import type { Logger } from 'pino';
import { ApiModule } from './api.module.ts';
import type { ApiConfig } from './config.ts';
import type { FactSource } from './fact-source.ts';
import { FlagNews } from './flag-news.ts';
import { Freshness } from './freshness.ts';
import { tellStaleness } from './tell-staleness.ts';
import { graphiqlPage } from './graphiql-page.ts';
import { limitConnections, limitRequests, MOST_REQUESTS } from './limit-requests.ts';
import { LiveBook } from './live-book.ts';
import { nestLogger } from './nest-logger.ts';
import type { MostOpen } from './open-count.ts';
import { ownHost, ownHostOnly } from './own-host.ts';
import { pageAddresses } from './page-addresses.ts';
import { securityHeaders } from './security-headers.ts';
import { MOST_SOCKETS, serveSockets } from './serve-sockets.ts';
import { HEADS_TOPIC } from './tokens.ts';

export interface RunningApi {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Finishes what is being answered, ends subscriptions and frees the port. */
  close(): Promise<void>;
}

export interface ApiOptions extends Pick<
  ApiConfig,
  | 'network'
  | 'pageFolder'
  | 'port'
  | 'hosts'
  | 'measureSeconds'
  | 'adviseSeconds'
  | 'reportSeconds'
  | 'threads'
> {
  readonly source: FactSource;
  readonly log: Logger;
  /** What makes stored facts old (`config.ts`); nothing does by default. */
  readonly silentSeconds?: number;
  readonly blockSeconds?: number;
}

const A_YEAR_SECONDS = 31_536_000;

/** Serves GraphQL, subscriptions, the dashboard and `/healthz` on 127.0.0.1. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { network, pageFolder, port, hosts, measureSeconds, adviseSeconds, reportSeconds } = options;
  const { threads, source, log, silentSeconds = 0, blockSeconds = 0 } = options;
  const pool = new EnginePool({ threads });
  const news = new PubSub();
  const flagNews = new FlagNews(source.series, news);
  const live = new LiveBook(source, (err) =>
    log.warn({ err }, 'cannot save the ledger; the next start takes longer'),
  );
  const freshness = new Freshness({ silentMs: silentSeconds * 1_000, blockSeconds });
  const follow = async (): Promise<void> => {
    freshness.hear();
    const head = await live.update();
    if (head) await news.publish(HEADS_TOPIC, { heads: head });
    // Another API on the same database may have measured.
    await flagNews.tell();
  };
  const complain = (err: unknown): void => log.error({ err }, 'cannot follow the stored head');
  await follow().catch(complain);
  const stopListening = await source.listen(() => void follow().catch(complain), {
    onError: complain,
    onAlive: () => freshness.hear(),
  });
  const stopWatching = tellStaleness({ freshness, live, news }, complain);
  const report = (cause: unknown): void => log.error({ err: cause }, 'a query failed');
  const isOwnHost = ownHost(hosts);
  const app = await NestFactory.create<NestExpressApplication>(
    ApiModule.with({
      ...{ network, source, live, pool, news, flagNews, freshness, report },
      ...{ measureSeconds, adviseSeconds, reportSeconds },
    }),
    { logger: nestLogger(log), abortOnError: false },
  );
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.use(ownHostOnly(isOwnHost));
  app.use(limitRequests(mostOf(MOST_REQUESTS, hosts)));
  // The page and answers alike, by brotli or gzip as the client takes them, from a kilobyte on.
  app.use(compression());
  app.useStaticAssets(pageFolder, { redirect: false, setHeaders: cacheHeaders(pageFolder) });
  app.use(graphiqlPage(pageFolder));
  app.use(pageAddresses(pageFolder));
  await app.init();
  const { schema } = app.get(GraphQLSchemaHost);
  limitConnections(app.getHttpServer());
  const onBroken = (err: unknown): void => log.debug({ err }, 'a connection broke');
  const mostSockets = mostOf(MOST_SOCKETS, hosts);
  const sockets = serveSockets(app.getHttpServer(), schema, { isOwnHost, report, onBroken, mostSockets });
  await app.listen(port, '127.0.0.1');
  const address = app.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      stopWatching();
      await stopListening();
      await sockets.close();
      app.getHttpServer().closeAllConnections();
      await app.close();
      await pool.close();
      await live.saved();
    },
  };
}

/** Behind a proxy, which passes other hosts on, everybody has its address. */
const mostOf = ({ whole, perAddress }: MostOpen, hosts: readonly string[]): MostOpen => ({
  whole,
  perAddress: hosts.length > 0 ? whole : perAddress,
});

/** Files under `static/` carry a hash in their name and never change; the rest is asked for again each time. */
function cacheHeaders(folder: string) {
  const hashed = join(folder, 'static') + sep;
  return (response: { setHeader(name: string, value: string): unknown }, path: string): void => {
    const forever = `public, max-age=${A_YEAR_SECONDS}, immutable`;
    response.setHeader('Cache-Control', path.startsWith(hashed) ? forever : 'no-cache');
  };
}
