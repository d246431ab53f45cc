import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { findAsset } from '@undertow/book';
import type { IncidentKind } from '@undertow/store';
import { assetFinder } from '../asset-answer.ts';
import { connectionOf, type Connection } from '../connection/connection.ts';
import { hashInCursor, readCursor, writeCursor } from '../connection/cursor.ts';
import { openPage } from '../connection/open-page.ts';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { checkFirst, checkVenue } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { seenLiquidations, type SeenLiquidation } from '../seen-liquidations.ts';
import type { Head } from '../shown.ts';
import { FACT_SOURCE } from '../tokens.ts';

/** A condition that is left out may also be null. */
type Given<Where> = { readonly [Name in keyof Where]?: Where[Name] | null };

interface ListAsked<Where> {
  readonly first: number | null;
  readonly after?: string | null;
  readonly where?: Given<Where> | null;
}

interface LiquidationWhere {
  readonly venue: string;
  readonly owner: string;
  readonly liquidator: string;
  readonly asset: string;
  readonly from: number;
  readonly to: number;
}

interface IncidentWhere {
  readonly kind: IncidentKind;
  readonly resolved: boolean;
  readonly from: number;
  readonly to: number;
}

interface IncidentAnswer {
  readonly id: number;
  readonly time: number;
  readonly kind: IncidentKind;
  readonly message: string;
  readonly resolved: boolean;
}

/** What happened, newest first. */
@Resolver()
export class HistoryResolver {
  readonly #source: FactSource;
  readonly #live: LiveBook;

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(LiveBook) live: LiveBook) {
    this.#source = source;
    this.#live = live;
  }

  @Query('liquidations')
  async liquidations(
    @Args() asked: ListAsked<LiquidationWhere> & { readonly block?: number | null },
  ): Promise<Connection<SeenLiquidation> & { readonly head: Head }> {
    const first = checkFirst(asked.first);
    const question = { of: 'liquidations', where: asked.where } as const;
    const { head, after } = await openPage(this.#live, question, asked);
    const [block = 0, logIndex = 0, part = 0] = after ?? [];
    const wanted = { upTo: head.block, where: await this.#liquidationsWhere(asked.where ?? {}) };
    const before = after && { block, logIndex, part };
    const facts = await this.#source.liquidations({ ...wanted, most: first + 1, before });
    const shown = seenLiquidations(facts, assetFinder(this.#live.assets()), {
      book: async () => (await this.#live.at(head.block)).book,
      source: this.#source,
    });
    const place = { block: head.block, hash: hashInCursor(head.hash) };
    return {
      head,
      ...connectionOf({
        ...{ first, items: shown, isLater: after !== undefined },
        cursorOf: (_liquidation, i) => {
          const fact = facts[i]!;
          return writeCursor(question, { ...place, place: [fact.block, fact.logIndex, fact.part] });
        },
        totalCount: () => this.#source.countLiquidations(wanted),
      }),
    };
  }

  @Query('incidents')
  async incidents(@Args() asked: ListAsked<IncidentWhere>): Promise<Connection<IncidentAnswer>> {
    const first = checkFirst(asked.first);
    const question = { of: 'incidents', where: asked.where } as const;
    const after = typeof asked.after === 'string' ? readCursor(question, asked.after) : undefined;
    const { kind, resolved, from, to } = asked.where ?? {};
    const where = {
      ...{ kind: kind ?? undefined, resolved: resolved ?? undefined },
      ...{ from: from ?? undefined, to: to ?? undefined },
    };
    const items = await this.#source.incidents({ ...where, most: first + 1, before: after?.place[0] });
    return connectionOf({
      ...{ first, items, isLater: after !== undefined },
      cursorOf: ({ id }) => writeCursor(question, { block: 0, hash: '', place: [id] }),
      totalCount: () => this.#source.countIncidents(where),
    });
  }

  async #liquidationsWhere({ venue, owner, liquidator, asset, from, to }: Given<LiquidationWhere>) {
    return {
      venue: typeof venue === 'string' ? await this.#venueCalled(venue) : undefined,
      ...{ owner: owner ?? undefined, liquidator: liquidator ?? undefined },
      asset: typeof asset === 'string' ? this.#addressOf(asset) : undefined,
      ...{ from: from ?? undefined, to: to ?? undefined },
    };
  }

  async #venueCalled(id: string): Promise<string> {
    return checkVenue(id, (await this.#source.reference()).venues);
  }

  #addressOf(name: string): string {
    const found = findAsset({ assets: this.#live.assets() }, name);
    if ('problem' in found) throw inputError(found.problem);
    return found.asset.address;
  }
}
