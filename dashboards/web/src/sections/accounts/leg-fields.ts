/** What the page reads of a leg, wherever an account is shown. */
export const LEG_FIELDS = /* GraphQL */ `
  asset {
    address
    symbol
  }
  market
  kind
  instrument
  amount
  priceUsd
  valueUsd
  liquidationThreshold
  maintenanceMargin
  isFixed
`;
