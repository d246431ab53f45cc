/** A question that a reader may start from. */
export interface Example {
  /** The name of its operation, which its tab bears. */
  readonly name: string;
  readonly query: string;
}

const example = (query: string): Example => ({
  name: /(?:query|subscription) (\w+)/.exec(query)?.[1] ?? '',
  query: query.trim() + '\n',
});

/** Worked examples, one in each tab: each says what it answers, and runs as it is. */
export const EXAMPLES: readonly Example[] = [
  example(`
# What is watched, up to which block, how much of the
# debt is modelled, and which blocks can be asked of.
# Run it with Ctrl-Enter. Every field says what it means
# when the pointer rests on it; the book at the left has
# all of them.
query WhatIsWatched {
  status {
    network
    trusted
    reason
    head { block time }
    coverage {
      share
      modelledDebtUsd
      gaps { kind source reason count unit debtUsd }
    }
  }
  venues {
    head { block }
    bookHash
    nodes { id mechanism accounts due debtUsd collateralUsd }
  }
  blocks(first: 5) {
    oldest { block time }
    newest { block time }
    nodes { block time isFinal }
  }
}`),
  example(`
# What would be lost if ETH, with all that is tied to
# it, fell by 30 %, and who would bear it. Moves are
# ratios everywhere: -0.3 = 30 % down.
query LossAtMinus30 {
  cascade(moves: [{what: "ETH", move: -0.3}]) {
    headline
    head { block }
    bookHash
    lossUsd
    band {
      between { lossUsd }
      within { lossUsd }
    }
    stuck { venue because accounts debtUsd }
    waterfall {
      venue
      lossUsd
      fundUsd
      socialisedUsd
      leftUsd
      openUsd
    }
    byMarket {
      venue
      label
      asset { symbol }
      lossUsd
    }
    byAccount(first: 5) {
      venue
      owner
      liquidatedUsd
      lossUsd
      stuckBecause
    }
  }
}`),
  example(`
# Every reference and every asset with a discount of its
# own, moved by each of these: where the losses begin.
query Heatmap {
  heatmap(moves: [-0.1, -0.2, -0.3, 0.3]) {
    head { block }
    rows {
      kind
      name
      priceUsd
      tiedTo
      cells { move lossUsd liquidatedUsd accounts }
    }
  }
}`),
  example(`
# The same fall under the terms in force and under
# others, and whom the change of terms alone makes
# liquidatable. An override is written <venue> <asset>
# depth or <venue> <market> <term>=<value>: markets {
# nodes { venue name terms } } has the names.
query WhatIfDepthHalves {
  whatIf(overrides: ["WETH depth=0.5"], moves: [{what: "ETH", move: -0.2}]) {
    overrides
    madeDueAccounts
    before { lossUsd liquidatedUsd }
    after { lossUsd liquidatedUsd }
  }
}`),
  example(`
# Accounts of any venue that 5 % would make
# liquidatable, largest debt first, in pages: give
# pageInfo.endCursor as after for the next one, or ask for
# the last ones and give startCursor as before. Whoever
# goes on from a cursor stays at its block.
query AccountsAtRisk {
  accounts(
    first: 10
    where: {maxHealthFactor: 1.05, minDebtUsd: 100}
    orderBy: debt
  ) {
    head { block }
    totalCount
    nodes {
      venue
      owner
      label
      healthFactor
      debtUsd
      legs {
        kind
        asset { symbol }
        amount
        valueUsd
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`),
  example(`
# One asset over all venues: who has it as collateral,
# and what its market can absorb.
query OneAsset {
  asset(symbol: "WETH") {
    priceUsd
    marketPriceUsd
    collateralUsd
    debtUsd
    concentration { top1 top5 top10 }
    holders(first: 5) { venue owner amount valueUsd share }
    depth {
      quote { symbol }
      sources
      toMove { move units usd isEnded }
    }
  }
  reproduction(moves: [0, -0.1, -0.2, -0.3]) {
    lines {
      asset { symbol }
      points { move reproduction }
    }
  }
}`),
  example(`
# Which prices cannot be trusted now: flags that stand,
# with the reason in words, and the lines that raise and
# end them. where: {isOpen: false, from: …, to: …} has
# those of the past, block: … how they stood then.
query Flags {
  oracleFlags(where: {isOpen: true}) {
    nodes { label kind severity reason start peak peakTime atStakeUsd }
  }
  flagRules { kind words bad raiseAt criticalAt clearAt readings }
  oracles {
    pairs {
      venue
      collateral { symbol }
      debt { symbol }
      debtUsd
      splitLegs
      apartSeconds
    }
    assets {
      asset { symbol }
      disagreement
      oracles { venues priceUsd }
    }
  }
}`),
  example(`
# Liquidations that happened, with what they were worth
# when they did; the newest first.
query Liquidations {
  liquidations(first: 10) {
    totalCount
    nodes {
      time
      block
      transaction
      venue
      owner
      liquidator
      collateral { symbol }
      seized
      seizedUsd
      debt { symbol }
      repaid
      repaidUsd
      unpricedBecause
    }
    pageInfo { hasNextPage endCursor }
  }
  incidents(first: 5, where: {resolved: false}) {
    nodes { time kind message }
  }
}`),
  example(`
# What was measured over time: the debt of all accounts
# by the hour. measures { name subject } has what there
# is.
query DebtOverTime {
  measures { name subject }
  history(measure: "debtUsd", step: hour) {
    points { time value least greatest }
    next
  }
}`),
  example(`
# Sweeps that were begun: how much is lost how often.
# startSweep and startEstimatedSweep begin one.
query Sweeps {
  sweeps(first: 5) {
    id
    state
    done
    scenarios
    summary { byVenue { venue meanLossUsd } }
  }
}`),
  example(`
# The newest advices that are kept, each beside the one
# before it. startAdvice computes some.
query Advices {
  advices(first: 50) {
    parameter { kind venue label }
    verdict
    words
    current { value }
    advised { value bps }
    evidence { before { expectedShortfallUsd } after { expectedShortfallUsd isLowerBound } }
    missing { name why follows }
    since { block advised { value } inputs }
  }
}`),
  example(`
# Tells of every new block whose facts are stored, and
# when the chain went back. Runs until it is stopped.
subscription NewBlocks {
  heads { block time reorg }
}`),
  example(`
# Tells when a flag is raised, becomes critical or ends.
subscription FlagChanges {
  oracleFlagChanges {
    change
    block
    flag { label kind severity reason start end }
  }
}`),
];
