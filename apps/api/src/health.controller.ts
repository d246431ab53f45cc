import { Controller, Get, Header, HttpException, Inject } from '@nestjs/common';
import { LiveBook } from './live-book.ts';

interface Health {
  readonly ready: boolean;
  readonly block?: number;
  readonly reason?: string;
}

/** `/healthz`: 200 when a height is ready and the database answers, else 503 with the reason. */
@Controller()
export class HealthController {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  async health(): Promise<Health> {
    const unready = (reason: string) => new HttpException({ ready: false, reason }, 503);
    const head = await this.#live.head().catch(() => {
      throw unready('the database does not answer');
    });
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
