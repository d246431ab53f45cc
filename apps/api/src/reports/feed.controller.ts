import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ApiConfig } from '../config.ts';
import type { FactSource } from '../fact-source.ts';
import { FACT_SOURCE, NETWORK } from '../tokens.ts';
import { originOfRequest } from './origin-of-request.ts';
import { reportAnswer } from './report-answer.ts';
import { reportFeed } from './report-feed.ts';

/** Entries of the feed. */
const MOST = 20;

/** `/reports.atom`: the newest reports as a feed. */
@Controller()
export class FeedController {
  readonly #source: FactSource;
  readonly #network: ApiConfig['network'];

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(NETWORK) network: ApiConfig['network']) {
    this.#source = source;
    this.#network = network;
  }

  @Get('reports.atom')
  async feed(@Req() request: Request, @Res() response: Response): Promise<void> {
    const reports = await this.#source.reports.list({ most: MOST });
    const entries = await Promise.all(
      reports.map(async (one) => ({ ...one, summary: await reportAnswer(this.#source, one).summary() })),
    );
    response.setHeader('Cache-Control', 'public, max-age=60');
    response.type('application/atom+xml; charset=utf-8');
    response.send(reportFeed(entries, originOfRequest(request), this.#network.name));
  }
}
