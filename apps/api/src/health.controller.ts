import { Controller, Get, Header, HttpException, Inject } from '@nestjs/common';
import { Freshness } from './freshness.ts';
import { LiveBook } from './live-book.ts';

interface Health {
  readonly ready: boolean;
  readonly block?: number;
  readonly reason?: string;
}

/**
 * `/healthz`: 200 when a height is ready, the database answers and what is stored is new, else 503 with the reason. `/livez`: 200 while this
 * process answers, whatever it has to say.
 */
@Controller()
export class HealthController {
  readonly #live: LiveBook;

  readonly #freshness: Freshness;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(Freshness) freshness: Freshness) {
    this.#live = live;
    this.#freshness = freshness;
  }

  @Get('livez')
  @Header('Cache-Control', 'no-store')
  alive(): { readonly alive: true } {
    return { alive: true };
  }

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  async health(): Promise<Health> {
    const unready = (reason: string, more: object = {}) =>
      new HttpException({ ready: false, ...more, reason }, 503);
    const head = await this.#live.head().catch(() => {
      throw unready('the database does not answer');
    });
    const stale = this.#freshness.problem(head?.time);
    if (stale !== undefined) throw unready(stale, { stale: true, block: head?.block });
    if (head) return { ready: true, block: head.block };
    throw unready(
      this.#live.isEmpty ? 'nothing is indexed yet' : 'the chain went back, and is being followed',
    );
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
