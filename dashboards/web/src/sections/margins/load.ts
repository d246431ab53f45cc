import { ask } from '../../graph/ask.ts';
import type { MarginsAnswer } from '../../graph/answers.ts';

const TOTALS = /* GraphQL */ `
  equityUsd
  initialUsd
  maintenanceUsd
  callUsd
  marginRatio
`;

export const MARGINS = /* GraphQL */ `
  query Margins($owner: Address!, $block: Int, $horizon: Int!, $step: Int!) {
    margins(owner: $owner, block: $block, horizonSeconds: $horizon, stepSeconds: $step) {
      head {
        block
        hash
        time
      }
      bookHash
      coverage {
        share
        gaps {
          debtUsd
        }
      }
      missing
      prices {
        what
        source
        prices
        from
        to
      }
      report {
        isolated {
          ${TOTALS}
        }
        cross {
          ${TOTALS}
        }
        portfolio {
          ${TOTALS}
          aloneUsd
          offsetUsd
          belowIsolatedUsd
          worst {
            lossUsd
            volatilityMove
            moves {
              what
              move
            }
          }
          tail {
            method
            level
            horizonSeconds
            scenarios
            independent
            valueAtRiskUsd
            valueAtRiskInterval {
              low
              high
            }
            expectedShortfallUsd
            expectedShortfallInterval {
              low
              high
            }
            contributions {
              part
              valueAtRiskUsd
              expectedShortfallUsd
              aloneUsd {
                valueAtRisk
                expectedShortfall
              }
            }
          }
        }
        venues {
          venue
          cross {
            ${TOTALS}
          }
        }
        accounts {
          venue
          market
          name
          equityUsd
          initialUsd
          maintenanceUsd
          marginRatio
          isDue
          distances {
            reference
            priceUsd
            lineUsd
            move
            deviations
          }
        }
        factors {
          name
          deviation
        }
        sensitivities {
          prices {
            factor
            deltaUsd
            gammaUsd
          }
          vegaUsd
        }
        grid {
          moves
          rows {
            volatilityMove
            gainsUsd
          }
        }
        derivatives {
          reference
          left
          greeks {
            delta
            gamma
            vegaUsd
            thetaUsd
            collateralDelta
          }
          grid {
            equityUsd
            maintenanceUsd
            initialUsd
            binding
            scenarios {
              spotFactor
              volatility
              changeUsd
            }
          }
        }
      }
    }
  }
`;

export type Margins = MarginsAnswer['margins'] & { readonly horizon: Horizon };
export type MarginReport = NonNullable<Margins['report']>;
export type MarginTotals = MarginReport['isolated'];
export type Portfolio = NonNullable<MarginReport['portfolio']>;
export type Derivatives = MarginReport['derivatives'][number];

/** How far is looked, in words too, and by prices so far apart. Seconds. */
export interface Horizon {
  readonly horizon: number;
  readonly step: number;
  readonly name: string;
}

/** A day by hours; where too few hours are stored, as of a young chain, an hour by minutes. */
export const A_DAY: Horizon = { horizon: 86_400, step: 3_600, name: 'a day' };
export const AN_HOUR: Horizon = { horizon: 3_600, step: 60, name: 'an hour' };

/** The margins of an address, at a block or at the newest: over a day, or where nothing can be said of that over an hour. */
export async function loadMargins(
  { owner, block }: { readonly owner: string; readonly block: number | undefined },
  signal: AbortSignal,
): Promise<Margins> {
  const over = async ({ horizon, step, ...rest }: Horizon): Promise<Margins> => {
    const variables = { owner, block: block ?? null, horizon, step };
    const { margins } = await ask<MarginsAnswer>(MARGINS, variables, signal);
    return { ...margins, horizon: { horizon, step, ...rest } };
  };
  const day = await over(A_DAY);
  if (day.report === null || day.report.portfolio !== null || day.prices.length === 0) return day;
  const hour = await over(AN_HOUR);
  return hour.report?.portfolio ? hour : day;
}
