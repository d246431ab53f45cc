/** How losses are distributed, as an advice and a judgement tell it. */
export const LOSSES = /* GraphQL */ `
  scenarios
  of
  expectedShortfallUsd
  isLowerBound
  interval {
    low
    high
  }
  valueAtRiskUsd
  meanUsd
  greatestUsd
  quantiles {
    level
    usd
  }
  histogram {
    zeros
    bins {
      fromUsd
      toUsd
      count
    }
  }
`;

/** Whom a change alone lets be liquidated. */
export const MADE_DUE = /* GraphQL */ `
  accounts
  debtUsd
  liquidatedUsd
  lossUsd
  largest {
    owner
    market
    debtUsd
    healthBefore
    healthAfter
  }
`;
