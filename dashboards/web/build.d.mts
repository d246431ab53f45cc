/** Builds the page into `dist` when its sources have changed since; says nothing when they have not. */
export function buildDashboard(): Promise<{ folder: string; isBuilt: boolean }>;
