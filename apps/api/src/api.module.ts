import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { GraphQLModule } from '@nestjs/graphql';
import { EnginePool } from '@undertow/engine-pool';
import type { PubSub } from 'graphql-subscriptions';
import type { ApiConfig } from './config.ts';
import type { FactSource } from './fact-source.ts';
import { graphqlOptions } from './graphql-options.ts';
import { HealthController } from './health.controller.ts';
import { LiveBook } from './live-book.ts';
import { Freshness } from './freshness.ts';
import type { FlagNews } from './flag-news.ts';
import { MarketReferences } from './market-references.ts';
import { MeasureSchedule } from './measure-schedule.ts';
import { OracleReports } from './oracle-reports.ts';
import { AdviceSchedule } from './advice/advice-schedule.ts';
import { AdviceRuns } from './advice/advice-runs.ts';
import { FeedController } from './reports/feed.controller.ts';
import { ReportSchedule } from './reports/report-schedule.ts';
import { thisMaker } from './reports/maker.ts';
import { ReportForms } from './reports/report-forms.ts';
import { ReportRuns } from './reports/report-runs.ts';
import { ReportsController } from './reports/reports.controller.ts';
import { ReportsResolver } from './queries/reports.resolver.ts';
import { AccountsResolver } from './queries/accounts.resolver.ts';
import { AdviceResolver } from './queries/advice.resolver.ts';
import { AssetResolver } from './queries/asset.resolver.ts';
import { CascadeResolver } from './queries/cascade.resolver.ts';
import { FlagsResolver } from './queries/flags.resolver.ts';
import { HeadsResolver } from './queries/heads.resolver.ts';
import { HeatmapResolver } from './queries/heatmap.resolver.ts';
import { HistoryResolver } from './queries/history.resolver.ts';
import { MarginsResolver } from './queries/margins.resolver.ts';
import { MarketsResolver } from './queries/markets.resolver.ts';
import { OraclesResolver } from './queries/oracles.resolver.ts';
import { SeriesResolver } from './queries/series.resolver.ts';
import { ReverseStressResolver } from './queries/reverse-stress.resolver.ts';
import { SweepTailResolver } from './queries/sweep-tail.resolver.ts';
import { EstimatedSweepsResolver } from './queries/estimated-sweeps.resolver.ts';
import { SweepsResolver } from './queries/sweeps.resolver.ts';
import { StatusResolver } from './queries/status.resolver.ts';
import { VenuesResolver } from './queries/venues.resolver.ts';
import { WhatIfResolver } from './queries/what-if.resolver.ts';
import { PriceTables } from './margins/price-tables.ts';
import { ShortLinksController } from './short-links.controller.ts';
import { SweepRuns } from './sweeps/sweep-runs.ts';
import { availabilityOf } from './availability.ts';
import { FACT_SOURCE, NETWORK, NEWS } from './tokens.ts';

/** What the resolvers work with, made before Nest starts. */
export interface ApiParts {
  readonly network: ApiConfig['network'];
  readonly source: FactSource;
  readonly live: LiveBook;
  readonly pool: EnginePool;
  readonly news: PubSub;
  readonly flagNews: FlagNews;
  readonly freshness: Freshness;
  /** Gets our own failures with their cause, for the log. */
  readonly report: (cause: unknown) => void;
  /** Seconds between two measurements of the newest book; 0 = none. */
  readonly measureSeconds: number;
  /** Seconds between two runs of advices; 0 = none. */
  readonly adviseSeconds: number;
  /** Seconds between two reports of the state of risk; 0 = none. */
  readonly reportSeconds: number;
}

/** All wiring of the API in one place. Decorator metadata is not emitted, so every injection names its token. */
@Module({})
export class ApiModule {
  static with(parts: ApiParts): DynamicModule {
    const {
      network,
      source,
      live,
      pool,
      news,
      flagNews,
      report,
      measureSeconds,
      adviseSeconds,
      reportSeconds,
    } = parts;
    const references = new MarketReferences(source);
    return {
      module: ApiModule,
      imports: [
        ScheduleModule.forRoot(),
        GraphQLModule.forRoot(graphqlOptions({ live, finalityDepth: network.finalityDepth, report })),
      ],
      controllers: [HealthController, ReportsController, FeedController, ShortLinksController],
      providers: [
        { provide: NETWORK, useValue: network },
        { provide: FACT_SOURCE, useValue: source },
        { provide: NEWS, useValue: news },
        { provide: Freshness, useValue: parts.freshness },
        { provide: MarketReferences, useValue: references },
        {
          provide: OracleReports,
          useValue: new OracleReports(source, live, availabilityOf(network), references),
        },
        { provide: LiveBook, useValue: live },
        { provide: EnginePool, useValue: pool },
        { provide: PriceTables, useValue: new PriceTables(source) },
        { provide: SweepRuns, useValue: new SweepRuns(pool, source.sweeps, report) },
        {
          provide: MeasureSchedule,
          useFactory: (reports: OracleReports, scheduler: SchedulerRegistry) =>
            new MeasureSchedule(
              {
                ...{ live, pool, reports, series: source.series, report, everySeconds: measureSeconds },
                tellFlags: () => flagNews.tell(),
              },
              scheduler,
            ),
          inject: [OracleReports, SchedulerRegistry],
        },
        { provide: AdviceRuns, useValue: new AdviceRuns(pool, source.advice, report) },
        {
          provide: AdviceSchedule,
          useFactory: (runs: AdviceRuns, scheduler: SchedulerRegistry) =>
            new AdviceSchedule({ live, source, runs, report, everySeconds: adviseSeconds }, scheduler),
          inject: [AdviceRuns, SchedulerRegistry],
        },
        {
          provide: ReportRuns,
          useValue: new ReportRuns({ pool, source, live, maker: thisMaker(), report }),
        },
        { provide: ReportForms, useValue: new ReportForms() },
        {
          provide: ReportSchedule,
          useFactory: (runs: ReportRuns, scheduler: SchedulerRegistry) =>
            new ReportSchedule({ live, source, runs, report, everySeconds: reportSeconds }, scheduler),
          inject: [ReportRuns, SchedulerRegistry],
        },
        AccountsResolver,
        AdviceResolver,
        AssetResolver,
        CascadeResolver,
        FlagsResolver,
        HeadsResolver,
        HeatmapResolver,
        HistoryResolver,
        MarginsResolver,
        MarketsResolver,
        OraclesResolver,
        ReportsResolver,
        EstimatedSweepsResolver,
        ReverseStressResolver,
        SweepTailResolver,
        SeriesResolver,
        StatusResolver,
        SweepsResolver,
        VenuesResolver,
        WhatIfResolver,
      ],
    };
  }
}
