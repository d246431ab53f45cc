/** The parts of what a scenario does, one of which is on screen. */
export const TABS = [
  { id: 'result', name: 'Result' },
  { id: 'rounds', name: 'Round by round' },
  { id: 'between', name: 'Between venues' },
  { id: 'hit', name: 'Accounts hit' },
  { id: 'compare', name: 'Compare' },
] as const;

export type Tab = (typeof TABS)[number]['id'];

export const isTab = (text: string): text is Tab => TABS.some(({ id }) => id === text);
