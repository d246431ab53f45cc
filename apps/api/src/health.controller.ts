import { Controller, Get, Header, HttpException, Inject } from '@nestjs/common';
import type { FactSource } from './fact-source.ts';
import { LiveBook } from './live-book.ts';
import { FACT_SOURCE } from './tokens.ts';

interface Health {
  readonly ready: boolean;
  readonly block?: number;
  readonly reason?: string;
}

/** `/healthz`: 200 when a height is ready and the database answers, else 503 with the reason. */
@Controller()
export class HealthController {
  readonly #live: LiveBook;
  readonly #source: FactSource;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(FACT_SOURCE) source: FactSource) {
    this.#live = live;
    this.#source = source;
  }

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  async health(): Promise<Health> {
    const reason = await this.#source.stored().then(
      () => (this.#live.head === undefined ? 'nothing is indexed yet' : undefined),
      () => 'the database does not answer',
    );
    if (reason !== undefined) throw new HttpException({ ready: false, reason }, 503);
    return { ready: true, block: this.#live.head!.block };
  }

  /** Reached only when the dashboard's folder has no index.html. */
  @Get()
  page(): never {
    throw new HttpException(
      'The dashboard is not built. "npm start" builds it; GraphQL answers at /graphql.',
      503,
    );
  }
}
