import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { element, queryOfShort, readShort, toHtml, type ShortScenario } from '@undertow/web';
import type { Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import { LiveBook } from './live-book.ts';

const PREFIX = '/s/';

/**
 * Short addresses of scenarios: `/s/1~doyww@1a2b3c~ETH-.3` leads to the page of scenarios, pinned to its block. Where the block is not
 * what it was, it says so: another one would show other numbers.
 */
@Controller('s')
export class ShortLinksController {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Get(':text')
  async follow(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.setHeader('Cache-Control', 'no-cache');
    // As it was written: names in it are escaped by themselves.
    const scenario = readShort(request.path.slice(PREFIX.length));
    if (scenario === undefined)
      return say(response, 400, {
        title: 'This is no address of a scenario',
        words: 'A part of it is missing or was changed on the way: copy it again where you found it.',
      });
    const problem = await this.#problemAt(scenario);
    if (problem === undefined) return response.redirect(302, `/scenario${queryOfShort(scenario)}`);
    const { block: _, ...live } = scenario;
    return say(response, 410, {
      title: `Block ${scenario.block} is not here as it was`,
      words: `${problem} The numbers that were meant cannot be shown.`,
      // The same moves, of what is known now.
      instead: `/scenario${queryOfShort({ ...live, block: undefined })}`,
    });
  }

  /** Why the book that was meant cannot be shown; undefined where it can. */
  async #problemAt({ block, hash }: ShortScenario): Promise<string | undefined> {
    try {
      const head = await this.#live.headAt(block);
      if (head.block !== block)
        return `It was dropped, as blocks are by age: the nearest before it that is stored is block ${head.block}.`;
      if (!head.hash.replace(/^0x/, '').startsWith(hash))
        return `The chain went back, and another block ${block} took its place.`;
      // Its facts may have been dropped, so that there is no book of it.
      await this.#live.at(block);
      return undefined;
    } catch (cause) {
      if (cause instanceof GraphQLError) return cause.message;
      throw cause;
    }
  }
}

function say(
  response: Response,
  status: number,
  { title, words, instead }: { readonly title: string; readonly words: string; readonly instead?: string },
): void {
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', {}, `${title} – Undertow`),
    ),
    element(
      'body',
      {},
      element('h1', {}, title),
      element('p', {}, words),
      instead !== undefined &&
        element('p', {}, element('a', { href: instead }, 'The same scenario at the newest block')),
    ),
  );
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>\n${toHtml(page)}\n`);
}
