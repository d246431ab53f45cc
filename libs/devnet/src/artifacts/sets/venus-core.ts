import { hardhat, type ArtifactSet } from '../artifact-set.ts';
import { VENUS, VENUS_GOVERNANCE } from '../pinned-packages.ts';

const venus = (path: string) => hardhat('venus', path);

/** The core pool of Venus, a member of the Compound v2 family, with its Chainlink oracle and access control. */
export const VENUS_CORE_SET = {
  id: 'venus-core',
  title: 'Venus core pool',
  packages: { venus: VENUS, governance: VENUS_GOVERNANCE },
  precompiled: {
    VenusComptroller: venus('Comptroller/Comptroller'),
    VenusUnitroller: venus('Comptroller/Unitroller'),
    VenusComptrollerLens: venus('Lens/ComptrollerLens'),
    VenusToken: venus('Tokens/VTokens/VBep20Delegate'),
    VenusTokenProxy: venus('Tokens/VTokens/VBep20Delegator'),
    VenusRateModel: venus('InterestRateModels/JumpRateModel'),
    VenusOracle: venus('Oracle/VenusChainlinkOracle'),
    VenusAccessControl: hardhat('governance', 'Governance/AccessControlManager'),
  },
} as const satisfies ArtifactSet;
