/** A published package, pinned to the byte. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Integrity that the registry published, checked against the bytes received. */
  readonly integrity: string;
  /** The only folder used; '' = all. */
  readonly folder: string;
}

// Where the real protocol contracts come from. Versions and integrities as published, read 2026-11-20.

export const AAVE_V3_CORE: PinnedPackage = {
  name: '@aave/core-v3',
  version: '1.19.3',
  integrity:
    'sha512-Xr7+VcoU5b4mPwM4IUCnskw3lciwrnL4Xloyad8GOddYeixnri2lZYobNmErm1LwE50vqjI0O+9QGNKY2TDkeQ==',
  folder: 'artifacts/contracts',
};

export const MORPHO_BLUE: PinnedPackage = {
  name: '@morpho-org/morpho-blue',
  version: '1.0.0',
  integrity:
    'sha512-MKtzYMRE65B1hVJYAPtml3ecHPY2e/SL3JRvM7XWjtbnWQX6U/C3beSdxr7v+rHaVJ0ri/dUPxvNfWtr0NZdGw==',
  folder: 'src',
};

export const UNISWAP_V3_CORE: PinnedPackage = {
  name: '@uniswap/v3-core',
  version: '1.0.1',
  integrity:
    'sha512-7pVk4hEm00j9tc71Y9+ssYpO6ytkeI0y7WE9P6UcmNzhxPePwyAxImuhVsTqWK9YFvzgtvzJHi64pBl4jUzKMQ==',
  folder: 'artifacts/contracts',
};

export const UNISWAP_V3_PERIPHERY: PinnedPackage = {
  name: '@uniswap/v3-periphery',
  version: '1.4.4',
  integrity:
    'sha512-S4+m+wh8HbWSO3DKk4LwUCPZJTpCugIsHrWR86m/OrUyvSqGDTXKFfc2sMuGXCZrD1ZqO3rhQsKgdWg3Hbb2Kw==',
  folder: 'artifacts/contracts',
};

export const CHAINLINK: PinnedPackage = {
  name: '@chainlink/contracts',
  version: '0.1.7',
  integrity:
    'sha512-txVkGrwFYnyLUC/I5hTe7yZK7fjmB6YFULfBHqryRuREUmGd4bdpXfrcUUsZycmWibanp69QVyQBpsDrPhWsjw==',
  folder: 'abi/v0.6',
};

export const LYRA_AVALON: PinnedPackage = {
  name: '@lyrafinance/protocol',
  version: '0.1.3-alpha',
  integrity:
    'sha512-oUO/m3kS6Bx0SmVID2PIjZ6RFVfixQV66I8hShuuMOIytehmxQtex5DgtMFDYumoO6MuyoZ18vKtDMHT0HLCXg==',
  folder: 'dist/artifacts/contracts',
};

export const AAVE_V3_ORIGIN: PinnedPackage = {
  name: '@aave-dao/aave-v3-origin',
  version: '3.6.0',
  integrity:
    'sha512-TwK/TpTZGArN0G3AE+0NoafsaXc7BiXdZhYuxcD+8A5OjIGolp0cqu5FZcTDLo/pbavJvMU5v0php/LEJiJ/cQ==',
  folder: 'src/contracts',
};

/** The release that the sources of Aave's own dependency (`@bgd-labs/solidity-utils` 1.1.2) ask for. */
export const OPENZEPPELIN: PinnedPackage = {
  name: '@openzeppelin/contracts',
  version: '5.1.0',
  integrity:
    'sha512-p1ULhl7BXzjjbha5aqst+QMLY+4/LCWADXOCsmLHRM77AqiPjnd9vvUN9sosUfhL9JGKpZ0TjEGxgvnizmWGSA==',
  folder: '',
};

export const PERP_CURIE: PinnedPackage = {
  name: '@perp/curie-contract',
  version: '2.8.4',
  integrity:
    'sha512-fTHxpzzuHlSyCEvI6T8Ya10Oz3Y4T06YTiCciR/4uvR9rx/9Afmm8nDLJ85ZwXiA0edce9bPUkE/ZcKY4xkJEw==',
  folder: 'artifacts/contracts',
};

export const PERP_ORACLE: PinnedPackage = {
  name: '@perp/perp-oracle-contract',
  version: '0.6.8',
  integrity:
    'sha512-TrPYGq2iLudByTL939LSQedId84B8+lTgczJBvNlPjk7ENAykMxlIrk6IFFgtRfbX2Bo4wp4DeM/1bMaK3z+4Q==',
  folder: 'artifacts/contracts',
};

export const MUSD: PinnedPackage = {
  name: '@mezo-org/musd-contracts',
  version: '1.1.0',
  integrity:
    'sha512-pjo6v8rYAj3csiVxQ5qTSX8vmqvXrxBHbeJR/O38Qhz5DrtNzTqJQReLGsDVKhWMZ6/89JdE1584flZFZQT9Dg==',
  folder: 'deployments/matsnet',
};

/** The last release whose core pool has one plain comptroller; later ones split it into facets. */
export const VENUS: PinnedPackage = {
  name: '@venusprotocol/venus-protocol',
  version: '0.7.0',
  integrity:
    'sha512-01AOU0kxwMmY29vLUEnDi4cq29SSq5IZMLHsPTJ3qmGtKxWNeWT0fmZQKNsvlMC/SjLPxrIZKAtrP0RY+d8Pdg==',
  folder: 'artifacts/contracts',
};

export const VENUS_GOVERNANCE: PinnedPackage = {
  name: '@venusprotocol/governance-contracts',
  version: '1.4.0',
  integrity:
    'sha512-T6pAQIxha1XTUjkrZDnHYhgMsZ1T21OhliRnxn8nNvU1EqmwGZGJ8EwufJXlS08XdFosCL2GqbjgKySnOmHbRw==',
  folder: 'artifacts/contracts',
};
