export { ADAPTERS, hasAccounts, openSource, type Deployment } from './open-source.ts';
