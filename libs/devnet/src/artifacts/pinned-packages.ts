/** A published package, pinned to the byte. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Integrity that the registry published, checked against the bytes received. */
  readonly integrity: string;
  /** The only folder used. */
  readonly folder: string;
}

/** Where the real protocol contracts come from. Versions and integrities as published, read 2026-11-20. */
export const PINNED_PACKAGES = {
  aave: {
    name: '@aave/core-v3',
    version: '1.19.3',
    integrity:
      'sha512-Xr7+VcoU5b4mPwM4IUCnskw3lciwrnL4Xloyad8GOddYeixnri2lZYobNmErm1LwE50vqjI0O+9QGNKY2TDkeQ==',
    folder: 'artifacts/contracts',
  },
  morpho: {
    name: '@morpho-org/morpho-blue',
    version: '1.0.0',
    integrity:
      'sha512-MKtzYMRE65B1hVJYAPtml3ecHPY2e/SL3JRvM7XWjtbnWQX6U/C3beSdxr7v+rHaVJ0ri/dUPxvNfWtr0NZdGw==',
    folder: 'src',
  },
  uniswapCore: {
    name: '@uniswap/v3-core',
    version: '1.0.1',
    integrity:
      'sha512-7pVk4hEm00j9tc71Y9+ssYpO6ytkeI0y7WE9P6UcmNzhxPePwyAxImuhVsTqWK9YFvzgtvzJHi64pBl4jUzKMQ==',
    folder: 'artifacts/contracts',
  },
  uniswapPeriphery: {
    name: '@uniswap/v3-periphery',
    version: '1.4.4',
    integrity:
      'sha512-S4+m+wh8HbWSO3DKk4LwUCPZJTpCugIsHrWR86m/OrUyvSqGDTXKFfc2sMuGXCZrD1ZqO3rhQsKgdWg3Hbb2Kw==',
    folder: 'artifacts/contracts',
  },
  chainlink: {
    name: '@chainlink/contracts',
    version: '0.1.7',
    integrity:
      'sha512-txVkGrwFYnyLUC/I5hTe7yZK7fjmB6YFULfBHqryRuREUmGd4bdpXfrcUUsZycmWibanp69QVyQBpsDrPhWsjw==',
    folder: 'abi/v0.6',
  },
} as const satisfies Record<string, PinnedPackage>;

export type PinnedPackageKey = keyof typeof PINNED_PACKAGES;
