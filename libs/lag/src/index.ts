export { between, priceAt, priceSeries } from './series/price-series.ts';
export type { PointFaults, PricePoint, PriceSeries } from './series/price-series.ts';
export { DEFAULT_REFERENCE, marketReference } from './series/market-reference.ts';
export type { MarketReference, ReferenceOptions, Rejection, SourcePrice } from './series/market-reference.ts';
export { movesOf } from './series/moves-of.ts';
export type { Moves } from './series/moves-of.ts';
export { exchangeSources } from './series/exchange-sources.ts';
export type { ExchangeQuote, ExchangeSource } from './series/exchange-sources.ts';
export { clockFault, DEFAULT_SOURCE_LIMITS, sourceFaults } from './series/source-faults.ts';
export type { HeardSource, SourceFault, SourceFaultKind } from './series/source-faults.ts';
export { delayError, estimateDelay } from './delay.ts';
export type { Delay, DelayOptions } from './delay.ts';
export type { FeedClock, FeedPolicy } from './policy/policy.ts';
export { learnPolicy } from './policy/learn-policy.ts';
export { expectedAnswers } from './policy/expected-answers.ts';
export type { ExpectedAnswer, ExpectedOptions, MarketBar } from './policy/expected-answers.ts';
export { jumpCoverage } from './policy/jump-coverage.ts';
export type { JumpCoverage } from './policy/jump-coverage.ts';
export { missedAnswers } from './policy/missed-answers.ts';
export type { MissedAnswers, RuledFeed } from './policy/missed-answers.ts';
export { matchTimes } from './policy/match-times.ts';
export type { Matched } from './policy/match-times.ts';
export { examine } from './examine.ts';
export type { Examination, Examined, Foretold, Naive } from './examine.ts';
export { capHeadroom, secondsToBind } from './cap-headroom.ts';
export type { CappedRate } from './cap-headroom.ts';
export { dryRunCapUpdate } from './cap-update.ts';
export type { CapDryRun, CapUpdate, CapUpdateLimits } from './cap-update.ts';
export { matchError, skillScore } from './skill/skill-score.ts';
export { delaySkill } from './skill/delay-skill.ts';
export type { DelaySkill, DelaySkillOptions, HeldOutDelay } from './skill/delay-skill.ts';
export { knownHours } from './availability/known-hours.ts';
export type { KnownHours, KnownMarket } from './availability/known-hours.ts';
export { tradingHours } from './availability/trading-hours.ts';
export type { Hours, TradingCalendar, TradingHours, TradingSession } from './availability/trading-hours.ts';
export { GRACE_SECONDS, sequencerStanding } from './availability/sequencer.ts';
export type { SequencerAnswer, SequencerStanding } from './availability/sequencer.ts';
export { MEASURES } from './monitor/reading.ts';
export type { Measure, Reading } from './monitor/reading.ts';
export { readFeed } from './monitor/read-feed.ts';
export { readAnswers, readSource } from './monitor/read-source.ts';
export type { ReadSource } from './monitor/read-source.ts';
export type { ReadOptions, WatchedFeed } from './monitor/read-feed.ts';
export { disagreement, readPair } from './monitor/read-pair.ts';
export type { PairLeg } from './monitor/read-pair.ts';
export { DEFAULT_RULES } from './flags/flag-rule.ts';
export type { FlagKind, FlagRule, Severity } from './flags/flag-rule.ts';
export { nextFlags } from './flags/next-flags.ts';
export type { ChangedFlag, FlagMemory, OwnedFlag } from './flags/next-flags.ts';
export { flagReason } from './flags/flag-reason.ts';
export { flagsOf, flagTracker } from './flags/track-flags.ts';
export { FLAG_CHANGES } from './flags/step-rule.ts';
export type { Flag, FlagChange } from './flags/step-rule.ts';
export { warningsOf, type Warning } from './flags/warnings.ts';
export { assetMarkets, HEARD_WITHIN_SECONDS, landsAtUsd } from './report/asset-markets.ts';
export type { AssetMarket, MarketSource } from './report/asset-markets.ts';
export type { HeardMoves, SourceStanding } from './report/source-standings.ts';
export type { DayUnknown, FeedDay } from './report/feed-day.ts';
export { MOST_PAIRS, oracleReport } from './report/oracle-report.ts';
export type {
  AssetStanding,
  FeedStanding,
  OracleHistory,
  OracleReport,
  OracleStanding,
  PairStanding,
} from './report/oracle-report.ts';
export {
  oracleStakes,
  stakeScenarios,
  stakesOf,
  type OracleStakes,
  type StakeRuns,
  type Taking,
} from './stakes/oracle-stakes.ts';
export { feedOfSubject, feedSubject, watchedOf } from './report/watched.ts';
export type { SubjectKind, Watched } from './report/watched.ts';
export { capUpdateEffect } from './stakes/cap-update-effect.ts';
export type { CapUpdateAsked, CapUpdateEffect, CappedPrice } from './stakes/cap-update-effect.ts';
