import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { findAsset, findMarket } from '@undertow/book';
import type { FactPlace } from '@undertow/market';
import type { IncidentKind } from '@undertow/store';
import { assetFinder } from '../asset-answer.ts';
import { connectionOf, type Connection } from '../connection/connection.ts';
import { hashInCursor, writeCursor } from '../connection/cursor.ts';
import { openPage, placesOf, type CursorsAsked } from '../connection/open-page.ts';
import { pageLength, type LengthAsked } from '../connection/page-length.ts';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { checkVenue, venueOfMarket } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { seenLiquidations, type SeenLiquidation } from '../seen-liquidations.ts';
import type { Head } from '../shown.ts';
import { FACT_SOURCE } from '../tokens.ts';

/** A condition that is left out may also be null. */
type Given<Where> = { readonly [Name in keyof Where]?: Where[Name] | null };

interface ListAsked<Where> extends LengthAsked, CursorsAsked {
  readonly where?: Given<Where> | null;
}

interface LiquidationWhere {
  readonly venue: string;
  readonly market: string;
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
    const length = pageLength(asked);
    const question = { of: 'liquidations', where: asked.where } as const;
    const { head, after, before } = await openPage(this.#live, question, asked);
    const wanted = { upTo: head.block, where: await this.#liquidationsWhere(asked.where ?? {}, head) };
    const facts = await this.#source.liquidations({
      ...wanted,
      ...{ most: length.most + 1, isFromEnd: length.isFromEnd },
      ...{ after: after && factPlace(after), before: before && factPlace(before) },
    });
    const shown = seenLiquidations(facts, assetFinder(this.#live.assets()), {
      book: async () => (await this.#live.at(head.block)).book,
      source: this.#source,
    });
    const place = { block: head.block, hash: hashInCursor(head.hash) };
    return {
      head,
      ...connectionOf({
        ...length,
        items: shown,
        isAfter: after !== undefined,
        isBefore: before !== undefined,
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
    const length = pageLength(asked);
    const question = { of: 'incidents', where: asked.where } as const;
    const { after, before } = placesOf(question, asked);
    const { kind, resolved, from, to } = asked.where ?? {};
    const where = {
      ...{ kind: kind ?? undefined, resolved: resolved ?? undefined },
      ...{ from: from ?? undefined, to: to ?? undefined },
    };
    const items = await this.#source.incidents({
      ...where,
      ...{ most: length.most + 1, isFromEnd: length.isFromEnd },
      ...{ after: after?.[0], before: before?.[0] },
    });
    return connectionOf({
      ...length,
      items,
      isAfter: after !== undefined,
      isBefore: before !== undefined,
      cursorOf: ({ id }) => writeCursor(question, { block: 0, hash: '', place: [id] }),
      totalCount: () => this.#source.countIncidents(where),
    });
  }

  async #liquidationsWhere(where: Given<LiquidationWhere>, head: Head) {
    const { venue, market, owner, liquidator, asset, from, to } = where;
    return {
      venue: typeof venue === 'string' ? await this.#venueCalled(venue) : undefined,
      market:
        typeof market === 'string' ? await this.#marketCalled(market, venueOfMarket(where), head) : undefined,
      ...{ owner: owner ?? undefined, liquidator: liquidator ?? undefined },
      asset: typeof asset === 'string' ? this.#addressOf(asset) : undefined,
      ...{ from: from ?? undefined, to: to ?? undefined },
    };
  }

  /** The id of a market by its id or its name; one that the venue once had is known by its id. */
  #marketCalled(name: string, venue: string, { block }: Head): Promise<string> {
    return this.#live.look(({ book, ledger }) => {
      if (ledger.venues.get(venue)?.markets.has(name)) return name;
      const found = findMarket(book, venue, name);
      if ('problem' in found) throw inputError(`${found.problem}.`);
      return book.markets[found.row]!.id;
    }, block);
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

/** Where a fact stands, as a cursor has it. */
const factPlace = ([block = 0, logIndex = 0, part = 0]: readonly number[]): FactPlace => ({
  ...{ block, logIndex, part },
});
