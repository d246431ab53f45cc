import type { GridPortfolio, GridTerms } from '@undertow/margin';

// How the files of derive-pmrm-margin-vectors say a portfolio and its terms: of the first portfolio margin in columns of
// 1e18 fixed point, of the second in records of plain numbers.

/** Amounts of the first version's files: 1e18 fixed point, in columns. */
export interface FirstScenario {
  readonly OptionExpiries: readonly number[];
  readonly OptionStrikes: readonly number[];
  readonly OptionIsCall: readonly number[];
  readonly OptionAmounts: readonly number[];
  readonly OptionVols: readonly number[];
  readonly OptionVolConfidences: readonly number[];
  readonly FeedExpiries: readonly number[];
  readonly ForwardsFixed: readonly number[];
  readonly ForwardsVariable: readonly number[];
  readonly ForwardConfidences: readonly number[];
  readonly Rates: readonly number[];
  readonly RateConfidences: readonly number[];
  readonly Cash: number;
  readonly Perps: number;
  readonly Base: number;
  readonly SpotPrice: number;
  readonly SpotConfidence: number;
  readonly PerpPrice: number;
  readonly PerpConfidence: number;
  readonly StablePrice: number;
  readonly UnrealisedPerpPNL: number;
  readonly UnrealisedFunding: number;
}

export const wad = (value: number) => value / 1e18;

/** What the contract's test sets, `Config.getPMRMParams` and `getDefaultScenarios` of test/config-test.sol. */
export const FIRST_TERMS: GridTerms = {
  scenarios: [1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85].flatMap((spotFactor) =>
    (['up', 'none', 'down'] as const).map((volatility) => ({ spotFactor, volatility, damping: 1 })),
  ),
  volatility: {
    up: 0.45,
    down: 0.3,
    shortPower: 0.3,
    longPower: 0.13,
    floorSeconds: 86_400,
    leastUp: 0,
  },
  forward: { spotUp: 1.05, spotDown: 0.95, addition: 0.25, perYear: 0.01 },
  discounts: { pricesDiscounted: false, gains: { base: 0.95, rateFactor: 4, rateAddition: 0.05 } },
  factors: { initial: 1.3, maintenance: 1, onContingencies: true },
  contingency: {
    perpetual: { maintenance: 0.02, initial: 0 },
    option: { maintenance: 0.01, initial: 0 },
    confidence: { threshold: 0.6, share: 0.5 },
  },
  collateral: 'underlying',
  peg: { threshold: 0.98, factor: 2 },
};

/** `secondsFrom` is the time that expiries are counted from. */
export function firstPortfolio(said: FirstScenario, secondsFrom = 0): GridPortfolio {
  const expiries = [...new Set(said.OptionExpiries)].map((expiry) => {
    // Every option has a row of feeds; rows of one expiry are alike, and the last is what the mock keeps.
    const feed = said.FeedExpiries.lastIndexOf(expiry);
    return {
      secondsToExpiry: Math.max(0, expiry - secondsFrom),
      forward: {
        moving: wad(said.ForwardsVariable[feed]!),
        fixed: wad(said.ForwardsFixed[feed]!),
        confidence: wad(said.ForwardConfidences[feed]!),
      },
      rate: { value: wad(said.Rates[feed]!), confidence: wad(said.RateConfidences[feed]!) },
      options: said.OptionStrikes.flatMap((strike, row) =>
        said.OptionExpiries[row] === expiry
          ? [
              {
                isCall: said.OptionIsCall[row] === 1,
                strikeUsd: wad(strike),
                amount: wad(said.OptionAmounts[row]!),
                volatility: {
                  value: wad(said.OptionVols[row]!),
                  confidence: wad(said.OptionVolConfidences[row]!),
                },
              },
            ]
          : [],
      ),
    };
  });
  const spot = { value: wad(said.SpotPrice), confidence: wad(said.SpotConfidence) };
  const base = {
    amount: wad(said.Base),
    price: spot,
    moves: true,
    haircut: { maintenance: 0.02, initial: 0 },
  };
  return {
    cashUsd: wad(said.Cash),
    cashPrice: wad(said.StablePrice),
    spot,
    expiries,
    perpetual: {
      amount: wad(said.Perps),
      price: { value: wad(said.PerpPrice), confidence: wad(said.PerpConfidence) },
      unsettledUsd: wad(said.UnrealisedPerpPNL) + wad(said.UnrealisedFunding),
    },
    collaterals: said.Base === 0 ? [] : [base],
  };
}

export interface FirstCase {
  readonly Scenario: FirstScenario;
  readonly Result: Readonly<Record<string, number>>;
}

/** Plain numbers, records by name. */
export interface SecondCase {
  readonly Scenario: SecondScenario;
  readonly Parameters: {
    readonly Scenarios: readonly {
      readonly SpotShock: number;
      readonly VolShockDirection: 'Up' | 'Down' | 'None' | 'LINEAR' | 'ABS';
      readonly DampeningFactor: number;
    }[];
  } & Readonly<Record<'SkewShock' | 'VolShock' | 'Margin' | 'BasisContingency' | 'OtherContingency', Values>>;
  readonly Result: {
    readonly IM: number;
    readonly MM: number;
    readonly ForwardContingency: number;
    /** Each row ends with the change. */
    readonly reg_losses: readonly (readonly (number | string)[])[];
    readonly tail_losses: readonly (readonly (number | string)[])[];
    readonly skew_losses: readonly (readonly (number | string)[])[];
  };
}

type Values = Readonly<Record<string, number>>;

interface SecondScenario {
  readonly Cash: number;
  readonly Collaterals: readonly (Values & { readonly IsRiskCancelling: boolean })[];
  readonly SpotPrice: number;
  readonly SpotConfidence: number;
  readonly NumPerps: number;
  readonly PerpPrice: number;
  readonly PerpConfidence: number;
  readonly UnrealisedPerpPNL: number;
  readonly UnrealisedFunding: number;
  readonly StablePrice: number;
  readonly Options: readonly (Values & { readonly IsCall: 0 | 1 })[];
  readonly OptionFeeds: readonly Values[];
}

const MOVES = { Up: 'up', Down: 'down', None: 'none', LINEAR: 'tilt', ABS: 'wings' } as const;

export function secondTerms(said: SecondCase['Parameters']): GridTerms {
  const {
    SkewShock: skew,
    VolShock: vol,
    Margin: margin,
    BasisContingency: basis,
    OtherContingency: other,
  } = said;
  const share = (name: string) => ({ maintenance: other[`MM_${name}`]!, initial: other[`IM_${name}`]! });
  return {
    scenarios: said.Scenarios.map(({ SpotShock, VolShockDirection, DampeningFactor }) => ({
      spotFactor: SpotShock,
      volatility: MOVES[VolShockDirection],
      damping: DampeningFactor,
    })),
    volatility: {
      up: vol.VOLRANGEUP!,
      down: vol.VOLRANGEDOWN!,
      shortPower: vol.SHORTTERMPOWER!,
      longPower: vol.LONGTERMPOWER!,
      floorSeconds: vol.DTE_FLOOR! * 86_400,
      leastUp: vol.MIN_VOL_EVAL_SHOCKED!,
    },
    skew: {
      tilt: { cap: skew.LINEAR_SCALE_CAP!, capPerRootYear: skew.LINEAR_CBASE! },
      wings: { cap: skew.ABS_SCALE_CAP!, capPerRootYear: skew.ABS_CBASE! },
      leastWidth: skew.MIN_K_STAR!,
      widthFactor: skew.MIN_WIDTH_SCALE!,
      volatility: skew.VOL_PARAM_STATIC!,
      volatilityPerRootYear: skew.VOL_PARAM_SCALE!,
    },
    forward: {
      spotUp: basis.SCENARIO_SPOT_UP!,
      spotDown: basis.SCENARIO_SPOT_DOWN!,
      addition: basis.BASIS_CONT_ADD_FACTOR!,
      perYear: basis.BASIS_CONT_MULT_FACTOR!,
    },
    discounts: {
      pricesDiscounted: true,
      gains: {
        base: margin.BASE_STATIC_DISCOUNT!,
        rateFactor: margin.LONG_RATE_MULTSCALE!,
        rateAddition: margin.LONG_RATE_ADDSCALE!,
      },
      losses: {
        base: margin.BASE_STATIC_DISCOUNT_NEG!,
        rateFactor: margin.SHORT_RATE_MULTSCALE!,
        rateAddition: margin.SHORT_RATE_ADDSCALE!,
      },
    },
    factors: {
      initial: margin.IM_LOSS_FACTOR!,
      maintenance: margin.MM_LOSS_FACTOR!,
      onContingencies: false,
    },
    contingency: {
      perpetual: share('PERP_PERCENT'),
      option: share('OPTION_PERCENT'),
      confidence: { threshold: other.CONF_THRESHOLD!, share: other.CONF_MARGIN! },
    },
    collateral: 'any',
    peg: { threshold: other.PEG_LOSS_THRESHOLD!, factor: other.PEG_LOSS_FACTOR! },
  };
}

/** Half an hour before expiry the contract's mock begins to fix the forward, as an average would. */
const SETTLING_SECONDS = 1_800;

export function secondPortfolio(said: SecondScenario): GridPortfolio {
  const expiries = said.OptionFeeds.map((feed) => {
    const fixed = Math.max(0, 1 - feed.FeedExpiry! / SETTLING_SECONDS);
    return {
      secondsToExpiry: Math.max(0, feed.FeedExpiry!),
      forward: {
        moving: feed.Forward! * (1 - fixed),
        fixed: feed.Forward! * fixed,
        confidence: feed.ForwardConfidence!,
      },
      rate: { value: feed.Rate!, confidence: feed.RateConfidence! },
      options: said.Options.filter(({ Expiry }) => Expiry === feed.FeedExpiry).map((option) => ({
        isCall: option.IsCall === 1,
        strikeUsd: option.Strike!,
        amount: option.Amount!,
        volatility: { value: option.MarkVol!, confidence: feed.OptionVolConfidences! },
      })),
    };
  });
  return {
    cashUsd: said.Cash,
    cashPrice: said.StablePrice,
    spot: { value: said.SpotPrice, confidence: said.SpotConfidence },
    expiries: expiries.filter(({ options }) => options.length > 0),
    perpetual: {
      amount: said.NumPerps,
      price: { value: said.PerpPrice, confidence: said.PerpConfidence },
      unsettledUsd: said.UnrealisedPerpPNL + said.UnrealisedFunding,
    },
    collaterals: said.Collaterals.map((held) => ({
      amount: held.Amount!,
      price: { value: held.Price!, confidence: held.Confidence! },
      moves: held.IsRiskCancelling,
      haircut: { maintenance: held.MMHaircut!, initial: held.IMHaircut! },
    })),
  };
}

/** Fails unless a number is as near to another. */
export const within = (found: number, expected: number, off = 1e-6) =>
  expect({ found, off: Math.abs(found - expected) <= off }).toEqual({ found, off: true });
