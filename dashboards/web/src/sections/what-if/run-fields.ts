/** What is compared of a run. */
export const RUN_FIELDS = /* GraphQL */ `
  headline
  bookHash
  lossUsd
  lossAtSaleUsd
  badDebtUsd
  shortfallUsd
  stuckUsd
  accounts
  liquidatedUsd
  repaidUsd
  liquidatorProfitUsd
  rounds { index }
  stuck { because debtUsd }
  band { between { lossUsd } within { lossUsd } }
  byVenue { venue lossUsd stuckUsd accounts liquidatedUsd }
`;
